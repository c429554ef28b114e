using System.Buffers.Binary;
using System.Net;
using Baton.Testing.ControlPlane;
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

namespace Baton.Testing.Telemetry;

/// <summary>An OpenTelemetry collector on a real socket: it takes OTLP over gRPC and keeps what it gets.</summary>
public sealed class FakeCollector : IAsyncDisposable
{
    /// <summary>What its certificate calls it beside this machine's names; only a proxy finds it by that.</summary>
    public const string HostName = "collector.example";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ChangeSignal _changes = new();
    private readonly List<CollectedSpan> _spans = [];
    private readonly List<CollectedPoint> _points = [];
    private readonly List<CollectedLog> _logs = [];
    private readonly List<byte[]> _received = [];
    private readonly TestCertificates? _certificates;
    private readonly WebApplication _host;
    private IReadOnlyDictionary<string, object?> _resource = new Dictionary<string, object?>(StringComparer.Ordinal);

    private FakeCollector(TestCertificates? certificates)
    {
        _certificates = certificates;
        _host = BuildHost();
    }

    /// <summary>As <c>127.0.0.1:port</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The authority behind its certificate, as PEM; null without TLS.</summary>
    public string? CertificateAuthority => _certificates?.Authority.ExportCertificatePem();

    public IReadOnlyList<CollectedSpan> Spans => _changes.Read<IReadOnlyList<CollectedSpan>>(() => [.. _spans]);

    public IReadOnlyList<CollectedPoint> Points => _changes.Read<IReadOnlyList<CollectedPoint>>(() => [.. _points]);

    public IReadOnlyList<CollectedLog> Logs => _changes.Read<IReadOnlyList<CollectedLog>>(() => [.. _logs]);

    /// <summary>Of the sender, as it last said.</summary>
    public IReadOnlyDictionary<string, object?> Resource => _changes.Read(() => _resource);

    /// <summary>The requests as they came.</summary>
    public IReadOnlyList<byte[]> Received => _changes.Read<IReadOnlyList<byte[]>>(() => [.. _received]);

    public static Task<FakeCollector> StartAsync(CancellationToken cancellationToken = default) => StartAsync(null, cancellationToken);

    public static Task<FakeCollector> StartWithTlsAsync(CancellationToken cancellationToken = default)
        => StartAsync(new TestCertificates(TimeProvider.System.GetUtcNow(), HostName), cancellationToken);

    /// <summary>Returns when something holds of what has come.</summary>
    /// <exception cref="TimeoutException">It does not come to hold in a minute.</exception>
    public async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken = default)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _changes.WaitUntilAsync(condition, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"only spans {string.Join(", ", Spans.Select(span => span.Name))} and {Logs.Count} lines came", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
        _certificates?.Dispose();
    }

    private static async Task<FakeCollector> StartAsync(TestCertificates? certificates, CancellationToken cancellationToken)
    {
        var collector = new FakeCollector(certificates);
        await collector._host.StartAsync(cancellationToken);
        var listening = collector._host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        collector.Address = new Uri(listening.Addresses.First()).Authority;
        return collector;
    }

    private WebApplication BuildHost()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (_certificates is { } certificates)
            {
                listen.UseHttps(certificates.Server);
            }
        }));
        var host = builder.Build();
        host.Run(TakeAsync);
        return host;
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var received = body.ToArray();
        var known = Take(http.Request.Path, received);

        // An empty message, and a status: all that the protocol needs.
        http.Response.ContentType = "application/grpc";
        http.Response.DeclareTrailer("grpc-status");
        await http.Response.Body.WriteAsync(new byte[5], http.RequestAborted);
        http.Response.AppendTrailer("grpc-status", known ? "0" : "12");
    }

    private bool Take(string path, byte[] received) => _changes.Make(() =>
    {
        // A byte that says whether it is compressed, which it is not, four for the length, and the message.
        var request = new WireMessage(received.AsSpan(5, BinaryPrimitives.ReadInt32BigEndian(received.AsSpan(1))));
        _received.Add(received);
        _resource = OtlpRequests.Resources(request).LastOrDefault() ?? _resource;
        switch (path)
        {
            case "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                _spans.AddRange(OtlpRequests.Spans(request));
                return true;
            case "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                _points.AddRange(OtlpRequests.Points(request));
                return true;
            case "/opentelemetry.proto.collector.logs.v1.LogsService/Export":
                _logs.AddRange(OtlpRequests.Logs(request));
                return true;
            default:
                return false;
        }
    });
}
