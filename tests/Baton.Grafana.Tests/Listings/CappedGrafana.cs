using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Grafana.Tests.Listings;

/// <summary>A server whose pages have a largest size, whatever is asked for.</summary>
internal sealed partial class CappedGrafana : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly HttpClient _upstream = new();

    private CappedGrafana(WebApplication host) => _host = host;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public static async Task<CappedGrafana> StartAsync(Uri target, int cap, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var capped = new CappedGrafana(builder.Build());
        capped._host.Run(http => capped.PassAsync(http, target, cap));
        await capped._host.StartAsync(cancellationToken);
        capped.Address = new(capped._host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/");
        return capped;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task PassAsync(HttpContext http, Uri target, int cap)
    {
        var path = PageSize().Replace(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, match => $"perpage={Math.Min(cap, int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(target, path.TrimStart('/')));
        request.Headers.TryAddWithoutValidation("Authorization", http.Request.Headers.Authorization.ToString());
        using var response = await _upstream.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    [GeneratedRegex("perpage=([0-9]+)")]
    private static partial Regex PageSize();
}
