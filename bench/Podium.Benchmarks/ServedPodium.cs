using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Baton.Testing.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Catalog;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;
using Podium.People;
using Podium.SignIn;
using Podium.Tokens;

namespace Podium.Benchmarks;

/// <summary>The published server as a process of its own, with somebody who is signed in and connectors that have credentials.</summary>
internal sealed class ServedPodium : IDisposable
{
    private readonly string _executable;
    private readonly string _folder;
    private readonly Target _target;
    private Process? _process;
    private string _cookie = "";

    private ServedPodium(string executable, string folder, Target target)
    {
        _executable = executable;
        _folder = folder;
        _target = target;
    }

    public int Port { get; } = FreePort();

    public int ProcessId => _process!.Id;

    public IReadOnlyList<NewCredential> Credentials { get; private set; } = [];

    private string KeyFile => Path.Combine(_folder, "wrapping.key");

    /// <summary>User and system time of the server so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Makes what the server needs, in this process and before it.</summary>
    /// <param name="connectors">How many connectors that run elsewhere are added.</param>
    public static async Task<ServedPodium> PrepareAsync(string executable, Target target, int connectors)
    {
        var folder = target.Kind == DatabaseKind.Sqlite ? Path.GetDirectoryName(target.SqlitePath)! : Directory.CreateTempSubdirectory("podium-bench-data-").FullName;
        var podium = new ServedPodium(executable, folder, target);
        await File.WriteAllBytesAsync(podium.KeyFile, new byte[32]);
        await using var server = await PodiumServer.StartAsync(
            new()
            {
                DataDirectory = folder,
                Database = target.Kind == DatabaseKind.PostgreSql ? target.ConnectionString : null,
                KeyFile = target.Kind == DatabaseKind.PostgreSql ? podium.KeyFile : null,
                Listen = new(IPAddress.Loopback, 0),
                ListenHealth = null,
            },
            configure: null,
            CancellationToken.None);
        await podium.AddPeopleAsync(server.Services);
        await podium.AddConnectorsAsync(server.Services, connectors);
        // What they upload is for the measurement to say.
        await server.Services.GetRequiredService<Database>().WriteAsync(
            context => context.Set<Connector>().ExecuteUpdateAsync(set => set.SetProperty(one => one.NextSyncAt, new Moment(long.MaxValue))), CancellationToken.None);
        return podium;
    }

    /// <summary>Starts it, and waits until it says that it serves.</summary>
    /// <returns>How long the first page took, from the start of the process.</returns>
    public async Task<TimeSpan> StartAsync(string firstPage)
    {
        var start = new ProcessStartInfo(_executable, ["serve", "--data", _folder, "--listen", $"127.0.0.1:{Port}", "--listen-health", "none", "--log-level", "error"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (_target.Kind == DatabaseKind.PostgreSql)
        {
            start.Environment["PODIUM_DATABASE"] = _target.ConnectionString;
            start.Environment["PODIUM_KEY_FILE"] = KeyFile;
        }

        using var browser = Browser();
        var began = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("podium serves", StringComparison.Ordinal))
        {
        }

        using var answer = await browser.GetAsync(firstPage);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>A browser in which somebody is signed in who may see everything.</summary>
    public HttpClient Browser()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(Authority());
        return new(handler) { BaseAddress = new($"https://127.0.0.1:{Port}"), DefaultRequestHeaders = { { "Cookie", _cookie } } };
    }

    public RawConnector Connector(int index, bool shares = false)
        => new($"127.0.0.1:{Port}", Credentials[index].Credential.ClientId, Credentials[index].ClientSecret, Authority()) { SharesConnection = shares };

    public void Stop()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    public void Dispose()
    {
        Stop();
        if (_target.Kind == DatabaseKind.PostgreSql)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private X509Certificate2 Authority() => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder, "ca.pem"));

    private async Task AddPeopleAsync(IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var address = EmailAddress.TryParse("bench@example.com", out var parsed, out var problem) ? parsed.Value : throw new FormatException(problem);
        var token = await services.GetRequiredService<Database>().WriteAsync(
            async context =>
            {
                var person = await PersonRegistration.CreateAsync(context, "Bench", address, clock, Actor.System, CancellationToken.None);
                await RoleChanges.GrantAsync(context, person.Id, Role.SuperAdministrator, Actor.System, clock.Now(), CancellationToken.None);
                return services.GetRequiredService<Sessions>().Begin(context, person.Id, new("127.0.0.1", "bench"), "bench");
            },
            CancellationToken.None);
        _cookie = $"{SessionCookie.Name}={token.Text}";
    }

    private async Task AddConnectorsAsync(IServiceProvider services, int count)
    {
        var made = new List<NewCredential>();
        for (var i = 0; i < count; i++)
        {
            var connector = await services.GetRequiredService<AddConnector>()
                .RunAsync(new() { CatalogId = ConnectorCatalog.BatonId, DisplayName = $"Waiting {i}" }, Actor.System, CancellationToken.None);
            made.Add(await services.GetRequiredService<RotateCredential>().RunAsync(connector.Id, null, Actor.System, CancellationToken.None));
        }

        Credentials = made;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
