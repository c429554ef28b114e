using System.Net;
using System.Security.Cryptography.X509Certificates;
using Baton.Testing.Grafana.Api;
using Baton.Testing.Grafana.Faults;
using Baton.Testing.Grafana.Hosting;
using Baton.Testing.Grafana.Requests;
using Baton.Testing.Grafana.State;
using Baton.Testing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baton.Testing.Grafana;

/// <summary>
/// A Grafana instance on a real socket, with accounts, organizations, teams and credentials that its API reads and changes.
/// What it answers follows the release in its options. All members may be used while requests are being answered.
/// </summary>
public sealed partial class FakeGrafana : IAsyncDisposable
{
    private readonly FakeGrafanaOptions _options;
    private readonly GrafanaState _state;
    private readonly ApiRouter _router;
    /// <summary>What its certificate calls it, too: a name that only a proxy knows.</summary>
    public const string OtherName = "grafana.example.test";

    private readonly TestCertificates? _certificates;
    private readonly WebApplication _host;
    private bool _isDisposed;

    private FakeGrafana(FakeGrafanaOptions options)
    {
        _options = options with { SubPath = options.SubPath.TrimEnd('/') };
        _state = new(_options);
        _router = new(_options);

        // Real time, whatever the instance's clock says: the client checks the certificate against its own.
        _certificates = options.Https ? new(TimeProvider.System.GetUtcNow(), OtherName) : null;
        _host = BuildHost();
    }

    /// <summary>Where the instance is, sub-path included, with a slash at the end.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    public FaultPlan Faults { get; } = new();

    public RequestLog Requests { get; } = new();

    /// <summary>What a client has to trust; null without HTTPS.</summary>
    public X509Certificate2? CertificateAuthority => _certificates?.Authority;

    public static async Task<FakeGrafana> StartAsync(FakeGrafanaOptions? options = null, CancellationToken cancellationToken = default)
    {
        var grafana = new FakeGrafana(options ?? new());
        await grafana._host.StartAsync(cancellationToken);

        var listening = grafana._host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        grafana.BaseAddress = new(listening.Addresses.First() + grafana._options.SubPath + "/");
        return grafana;
    }

    /// <summary>Also how a test takes the instance away in the middle of something; doing it again is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        // Hanging requests are part of the job, so nobody is waited for.
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
        _certificates?.Dispose();
    }

    private WebApplication BuildHost()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, _options.Port, listen =>
            {
                // Faults are about HTTP/1.1 connections.
                listen.Protocols = HttpProtocols.Http1;
                if (_certificates is not null)
                {
                    listen.UseHttps(_certificates.Server);
                }
            });
        });

        var host = builder.Build();
        host.Run(ServeAsync);
        return host;
    }

    private async Task ServeAsync(HttpContext http)
    {
        var subPath = new PathString(_options.SubPath);
        if (!http.Request.Path.StartsWithSegments(subPath, StringComparison.Ordinal, out var path))
        {
            await ProxyPages.AnswerAsync(http, _options);
            return;
        }

        http.Request.Path = path;
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = Requests.Start(http.Request, target[_options.SubPath.Length..]);
        var fault = default(Fault);
        try
        {
            await WaitAsync(request, http.RequestAborted);
            foreach (var rule in Faults.Match(request))
            {
                if (rule.Fault is RunFirst first)
                {
                    await first.Action(request, http.RequestAborted);
                }
                else
                {
                    fault = rule.Fault;
                }
            }

            using var answer = new ApiAnswer();
            if (fault is null or { TakesEffect: true })
            {
                await CarryOutAsync(http.Request, answer);
            }

            await (fault is null
                ? answer.WriteToAsync(http.Response, http.RequestAborted)
                : fault.AnswerAsync(new(http, answer, _options)));
        }
        catch (Exception gone) when (http.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            // The client left; there is nobody to tell.
        }
        catch (Exception bug) when (bug is not CutOffException && !http.Response.HasStarted)
        {
            // Of the fake, or of what a rule ran: the test that caused it should see it.
            http.Response.StatusCode = 500;
            await http.Response.WriteAsync(bug.ToString(), http.RequestAborted);
        }
        finally
        {
            Requests.End(request, fault is ResetFault or HangFault ? 0 : http.Response.StatusCode);
        }
    }

    private async Task CarryOutAsync(HttpRequest request, ApiAnswer answer)
    {
        if (!request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            ProxyPages.AnswerPage(request, answer, _options);
            return;
        }

        var bytes = await ReadAsync(request);
        lock (_state.Gate)
        {
            _router.Dispatch(new()
            {
                State = _state,
                Options = _options,
                RootUrl = _options.RootUrl?.TrimEnd('/') ?? BaseAddress.ToString().TrimEnd('/'),
                Http = request,
                Body = new(request.ContentType, bytes),
                Answer = answer,
                Now = _state.Now,
            });
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0)
        {
            return [];
        }

        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return bytes.ToArray();
    }

    private async Task WaitAsync(GrafanaRequest request, CancellationToken cancellationToken)
    {
        var latency = _options.Latency + (_options.LatencyOf?.Invoke(request) ?? TimeSpan.Zero);
        if (latency > TimeSpan.Zero)
        {
            await _options.Delay(latency, cancellationToken);
        }
    }
}
