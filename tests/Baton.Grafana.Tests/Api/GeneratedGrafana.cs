using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Grafana.Tests.Api;

/// <summary>A server of one answer to everything, made while it is sent: as large as wished, or compressed.</summary>
internal sealed class GeneratedGrafana : IAsyncDisposable
{
    private readonly WebApplication _host;

    private GeneratedGrafana(WebApplication host) => _host = host;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Members without an end in sight, none of them kept anywhere.</summary>
    public static Task<GeneratedGrafana> MembersAsync(int count, Func<int, Task>? beforeRow = null) => StartAsync(async (http, body) =>
    {
        var rows = new StringBuilder("[");
        for (var id = 1; id <= count; id++)
        {
            await (beforeRow?.Invoke(id) ?? Task.CompletedTask);
            rows.Append(id > 1 ? "," : "").Append($$"""{"orgId":1,"userId":{{id}},"email":"user{{id}}@example.com","name":"Somebody with a longer name","login":"user{{id}}","role":"Viewer","lastSeenAt":"2026-01-01T00:00:00Z","isDisabled":false,"authLabels":["GitHub"]}""");
            if (id % 500 == 0)
            {
                await body.WriteAsync(Encoding.UTF8.GetBytes(rows.ToString()), http.RequestAborted);
                rows.Clear();
            }
        }

        await body.WriteAsync(Encoding.UTF8.GetBytes(rows.Append(']').ToString()), http.RequestAborted);
    });

    /// <summary>A profile, compressed as asked for.</summary>
    public static Task<GeneratedGrafana> CompressedAsync(string encoding) => StartAsync(async (http, body) =>
    {
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains(encoding, StringComparison.Ordinal))
        {
            http.Response.StatusCode = 406;
            return;
        }

        http.Response.Headers.ContentEncoding = encoding;
        await using Stream packed = encoding switch
        {
            "br" => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
        };
        await packed.WriteAsync("""{"id":7,"login":"packed","isGrafanaAdmin":true}"""u8.ToArray(), http.RequestAborted);
    });

    /// <summary>A beginning, and then the same again until nobody listens.</summary>
    public static Task<GeneratedGrafana> EndlessAsync(string encoding, string beginning, string chunk, int status = 200) => StartAsync(async (http, body) =>
    {
        http.Response.StatusCode = status;
        if (encoding.Length > 0)
        {
            http.Response.Headers.ContentEncoding = encoding;
        }

        await using Stream packed = encoding switch
        {
            "br" => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
            "gzip" => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
            _ => body,
        };
        try
        {
            await packed.WriteAsync(Encoding.UTF8.GetBytes(beginning), http.RequestAborted);
            for (var bytes = Encoding.UTF8.GetBytes(chunk); !http.RequestAborted.IsCancellationRequested;)
            {
                await packed.WriteAsync(bytes, http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
    }

    private static async Task<GeneratedGrafana> StartAsync(Func<HttpContext, Stream, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var host = builder.Build();
        host.Run(async http =>
        {
            http.Response.ContentType = "application/json; charset=UTF-8";
            await answer(http, http.Response.Body);
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new(host) { Address = new(addresses.First() + "/") };
    }
}
