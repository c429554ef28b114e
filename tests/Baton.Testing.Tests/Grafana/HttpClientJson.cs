using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Baton.Testing.Tests.Grafana;

/// <summary>Asking and reading in one call.</summary>
internal static class HttpClientJson
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The body of an answer that has to be a good one.</summary>
    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path)
    {
        using var document = JsonDocument.Parse(await client.GetByteArrayAsync(path, Cancellation));
        return document.RootElement.Clone();
    }

    /// <summary>Status and body, whatever they are.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> SendJsonAsync(
        this HttpClient client, string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request, Cancellation);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Cancellation));
        return (response.StatusCode, document.RootElement.Clone());
    }

    /// <summary>The message in the body of an answer.</summary>
    public static string? Message(this JsonElement body) => body.GetProperty("message").GetString();
}
