using System.Net;
using System.Text.Json;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>Asks a service's health server as a probe would.</summary>
internal sealed class HealthProbe : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private HealthProbe(Uri address) => _http.BaseAddress = address;

    public int Port => _http.BaseAddress!.Port;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>When the service, started with port 0, has said where it listens.</summary>
    public static async Task<HealthProbe> OfAsync(Connector connector)
    {
        using var line = JsonDocument.Parse(await connector.WaitForErrorAsync("health check server starting"));
        return new(new Uri($"http://{line.RootElement.GetProperty("address").GetString()}/"));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body, string Text)> AskAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        return (response.StatusCode, JsonDocument.Parse(text).RootElement, text);
    }

    public void Dispose() => _http.Dispose();
}
