using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Faults;
using Baton.Testing.ControlPlane.Rpc;
using Baton.Testing.ControlPlane.Tasks;
using Baton.Testing.ControlPlane.Tokens;
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

namespace Baton.Testing.ControlPlane;

/// <summary>
/// The platform that connectors serve, on a real socket with TLS: it issues tokens, hands out tasks, and takes in uploads and results.
/// What a test does with it: <see cref="Tasks"/> is what there is to do, <see cref="Faults"/> what goes wrong, <see cref="Calls"/> what was asked,
/// and the waiting methods return as soon as something has happened. All members may be used while requests are being answered.
/// </summary>
public sealed class FakeControlPlane : IAsyncDisposable
{
    private readonly FakeControlPlaneOptions _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-control-plane-");
    private readonly TestCertificates _certificates;
    private readonly ConcurrentDictionary<string, RegisteredClient> _clients = new(StringComparer.Ordinal);
    private readonly List<Violation> _violations = [];
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly WebApplication _host;
    private int _uploads;
    private bool _isDisposed;

    private FakeControlPlane(FakeControlPlaneOptions options)
    {
        _options = options;
        Calls = new(Changes, options.Time);
        Tokens = new(Changes, options.Time);
        Tasks = new(Changes, options);

        // Real time, whatever the control plane's clock says: the client checks the certificate against its own.
        _certificates = new(TimeProvider.System.GetUtcNow(), options.TenantHost);
        CertificateAuthorityPath = Path.Combine(_folder.FullName, "authority.pem");
        File.WriteAllText(CertificateAuthorityPath, _certificates.Authority.ExportCertificatePem());
        ClientId = $"{options.ClientName}@{options.TenantHost}/ccc";
        (var key, ClientSecret) = ClientKey.Create(options.KeyId);
        _clients[ClientId] = new(key, options.KeyId);
        _host = BuildHost();
    }

    /// <summary>Where it listens, as <c>127.0.0.1:port</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The id of a client, whose host is only a name: see <see cref="FakeControlPlaneOptions.TenantHost"/>.</summary>
    public string ClientId { get; }

    /// <summary>The id of the same client with <see cref="Address"/> as its host.</summary>
    public string DirectClientId => $"{_options.ClientName}@{Address}/ccc";

    /// <summary>The one that is good at present.</summary>
    public string ClientSecret { get; private set; }

    /// <summary>A PEM file with the authority that a client has to trust; gone when the control plane is disposed of.</summary>
    public string CertificateAuthorityPath { get; }

    public X509Certificate2 CertificateAuthority => _certificates.Authority;

    /// <summary>What a connector's process needs in its environment to serve this control plane.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BATON_C1_API_HOST"] = Address,
        ["BATON_CLIENT_ID"] = ClientId,
        ["BATON_CLIENT_SECRET"] = ClientSecret,
        ["SSL_CERT_FILE"] = CertificateAuthorityPath,
    };

    public PlatformTasks Tasks { get; }

    public CallLog Calls { get; }

    public CallFaultPlan Faults { get; } = new();

    public BearerTokens Tokens { get; }

    /// <summary>When a client is to ask again after there was nothing to do; null leaves it out of the answer.</summary>
    public TimeSpan? NextPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When the next heartbeat is due; null leaves it out of the answer.</summary>
    public TimeSpan? NextHeartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What clients did that none may do. The waiting methods throw as soon as there is one.</summary>
    public IReadOnlyList<Violation> Violations => Changes.Read<IReadOnlyList<Violation>>(() => [.. _violations]);

    internal ChangeSignal Changes { get; } = new();

    internal TimeProvider Time => _options.Time;

    public static async Task<FakeControlPlane> StartAsync(FakeControlPlaneOptions? options = null, CancellationToken cancellationToken = default)
    {
        var platform = new FakeControlPlane(options ?? new());
        await platform._host.StartAsync(cancellationToken);
        var listening = platform._host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        platform.Address = new Uri(listening.Addresses.First()).Authority;
        platform._clients[platform.DirectClientId] = platform._clients[platform.ClientId];
        return platform;
    }

    /// <summary>Gives the client another secret. The one before is refused from now on, and so are the tokens that were had with it.</summary>
    public void ReplaceSecret()
    {
        (var key, ClientSecret) = ClientKey.Create(_options.KeyId);
        _clients[ClientId] = _clients[DirectClientId] = new(key, _options.KeyId);
        Tokens.RevokeAll();
    }

    /// <summary>Returns when the task has ended, and how.</summary>
    /// <exception cref="ProtocolViolationException">A client broke a rule.</exception>
    /// <exception cref="TimeoutException">It took longer than <see cref="FakeControlPlaneOptions.Patience"/>.</exception>
    public async Task<TaskEnd> WaitForFinishAsync(string taskId, CancellationToken cancellationToken = default)
    {
        var task = Tasks[taskId];
        await WaitUntilAsync(() => task.HasEnded, cancellationToken);
        return task.End!;
    }

    /// <summary>Returns the nth call of a kind, counted from 1, when it has been answered.</summary>
    /// <inheritdoc cref="WaitForFinishAsync" path="/exception"/>
    public async Task<PlatformCall> WaitForCallAsync(CallKind kind, int ordinal = 1, CancellationToken cancellationToken = default)
    {
        var call = default(PlatformCall);
        await WaitUntilAsync(() => (call = Calls.Of(kind).ElementAtOrDefault(ordinal - 1)) is { Status: not null }, cancellationToken);
        return call!;
    }

    /// <summary>Returns when something holds of tasks, calls or tokens. It is looked at again after each change, and never by time.</summary>
    /// <inheritdoc cref="WaitForFinishAsync" path="/exception"/>
    public async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken = default)
    {
        using var patience = new CancellationTokenSource(_options.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await Changes.WaitUntilAsync(() => _violations.Count > 0 || condition(), either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing of the kind happened in {_options.Patience}.\n{Describe()}", late);
        }

        ThrowOnViolations();
    }

    /// <summary>For the end of a test that waited for nothing.</summary>
    /// <exception cref="ProtocolViolationException">A client broke a rule.</exception>
    public void ThrowOnViolations()
    {
        if (Violations is { Count: > 0 } violations)
        {
            throw new ProtocolViolationException($"Clients broke the protocol: {string.Join("; ", violations)}\n{Describe()}");
        }
    }

    /// <summary>Also how a test takes the control plane away in the middle of something; doing it again is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        // Hanging requests are part of the job, so nobody is waited for.
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
        Tasks.Close();
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    internal void Report(PlatformCall call, string text) => Changes.Make(() => _violations.Add(new(call, text)));

    /// <summary>False for one host more than there may be.</summary>
    internal bool Knows(string hostId) => Changes.Make(() => _hosts.Contains(hostId) || (_hosts.Count < _options.MaxHosts && _hosts.Add(hostId)));

    internal string NewUploadPath() => Path.Combine(_folder.FullName, $"upload-{Interlocked.Increment(ref _uploads)}");

    private string Describe() => string.Join('\n', Tasks.All.Select(task => $"{task}").Concat(Calls.All.Select(call => $"{call}")));

    private WebApplication BuildHost()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(grpc => (grpc.EnableDetailedErrors, grpc.IgnoreUnknownServices) = (true, true));
        builder.Services.AddSingleton(new BatonServiceEndpoint(this, _options));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, _options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(_certificates.Server);
            });
        });

        var host = builder.Build();
        var tokens = new TokenEndpoint(this, _clients);
        host.UseRouting();
        host.Map(TokenEndpoint.Path, tokens.AnswerAsync);
        host.MapGrpcService<BatonServiceEndpoint>();
        host.MapFallback(NotFound);
        return host;
    }

    private Task NotFound(HttpContext http)
    {
        var call = Calls.Start(CallKind.Other, http);
        http.Response.StatusCode = 404;
        Calls.End(call, "404");
        return Task.CompletedTask;
    }
}
