using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Baton.Testing.Grafana;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podium.Audit;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;

namespace Podium.Tests.Connectors;

/// <summary>
/// The server, the built connector and a Grafana, all as on a machine of somebody; each round kills the server or the connector at a random moment of a
/// sync. Whatever the moment: the next sync is whole, and no sync was applied twice. Twenty rounds here, any number by <c>bench/endure kills</c>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("podium-kill-").FullName;
    private readonly int _port = FreePort();
    private FakeGrafana _grafana = null!;
    private KilledProcess _server = null!;
    private KilledProcess _connector = null!;
    private string[] _credential = [];
    private ServiceProvider _services = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("BATON_ENDURE_SEEDS"), out var rounds) ? rounds : 20;

    private static int First => int.TryParse(Environment.GetEnvironmentVariable("BATON_ENDURE_FIRST"), out var first) ? first : 1;

    private string Data => Path.Combine(_folder, "data");

    private Database Database => _services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        _grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        _grafana.Populate(users: 300, organizations: 8);
        await StartServerAsync();
        _services = new ServiceCollection().AddData(DatabaseOptions.Sqlite(Path.Combine(Data, "podium.db"))).BuildServiceProvider();
        StartConnector();
    }

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _server.DisposeAsync();
        await _grafana.DisposeAsync();
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Sync_ServerOrConnectorIsKilled_NothingIsLostAndNothingAppliedTwice()
    {
        var users = 300;
        await SettleAsync(users);
        for (var seed = First; seed < First + Rounds; seed++)
        {
            // Chosen for repetition, not for secrecy.
#pragma warning disable CA5394
            var random = new Random(seed * 7919);
            var (killsServer, delay) = (random.Next(2) == 0, random.Next(1500));
#pragma warning restore CA5394
            output.WriteLine($"seed {seed}: {(killsServer ? "server" : "connector")} after {delay} ms");
            _grafana.AddUser(string.Create(CultureInfo.InvariantCulture, $"late{seed}"));
            users++;
            await _server.SayAsync("sync");
            await Task.Delay(TimeSpan.FromMilliseconds(delay), TimeProvider.System, Cancellation);
            if (killsServer)
            {
                await _server.DisposeAsync();
                await StartServerAsync();
            }
            else
            {
                await _connector.DisposeAsync();
                StartConnector();
            }

            await SettleAsync(users);
            await CheckAsync();
        }
    }

    /// <summary>Asks for syncs until the inventory is what Grafana holds.</summary>
    private async Task SettleAsync(int users)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        while (await CountAsync() != users || await OpenAsync() > 0)
        {
            if (await OpenAsync() == 0)
            {
                await _server.SayAsync("sync");
            }

            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                var syncs = await Database.ReadAsync(context => context.Set<Sync>().OrderByDescending(sync => sync.Id).Take(5).ToListAsync(Cancellation));
                Assert.Fail($"{await CountAsync()} of {users} accounts after {Patience}: {string.Join("; ", syncs.Select(sync => $"{sync.State} {sync.Reason}"))}\n{_server.Errors}\n{_connector.Errors}");
            }
        }
    }

    private async Task CheckAsync()
    {
        await using var context = Database.Open();
        var audit = await context.Set<AuditRow>().Where(row => row.Kind == "sync.received" || row.Kind == "sync.applied").Select(row => new { row.Kind, row.SubjectId, row.Details }).ToListAsync(Cancellation);
        var twice = audit.GroupBy(row => (row.Kind, row.Kind == "sync.received" ? JsonNode.Parse(row.Details)!["sync"]!.GetValue<string>() : row.SubjectId!))
            .Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        Assert.Empty(twice);
        Assert.Equal(0, await context.Set<AppAccount>().CountAsync(account => account.Incarnation > 1 || account.DeletedAt != null, Cancellation));
        var applied = await context.Set<Sync>().Where(sync => sync.State == SyncState.Applied).OrderBy(sync => sync.AsOf).Select(sync => sync.AsOf).ToListAsync(Cancellation);
        Assert.Equal(applied.Count, applied.Distinct().Count());
        Assert.Equal(applied.Count, (await context.Set<Connector>().SingleAsync(Cancellation)).InventoryVersion);
    }

    private Task<int> CountAsync() => Database.ReadAsync(context => context.Set<AppAccount>().CountAsync(account => account.DeletedAt == null, Cancellation));

    private Task<int> OpenAsync() => Database.ReadAsync(context => context.Set<Sync>().CountAsync(
        sync => sync.State == SyncState.Queued || sync.State == SyncState.Running || sync.State == SyncState.Received || sync.State == SyncState.Applying, Cancellation));

    private async Task StartServerAsync()
    {
        _server = KilledProcess.Start(["dotnet", KilledProcess.Built("Podium.TestHost", "Podium.TestHost.dll"), Data, _port.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string>());
        if (_credential.Length == 0)
        {
            _credential = (await _server.WaitForAsync("credential", Cancellation)).Split(' ');
        }

        await _server.WaitForAsync("ready", Cancellation);
    }

    private void StartConnector() => _connector = KilledProcess.Start(
        ["dotnet", KilledProcess.Built("Baton.Grafana", "baton-grafana.dll")],
        new Dictionary<string, string>
        {
            ["BATON_C1_API_HOST"] = $"127.0.0.1:{_port}",
            ["SSL_CERT_FILE"] = Path.Combine(Data, "ca.pem"),
            ["BATON_CLIENT_ID"] = _credential[1],
            ["BATON_CLIENT_SECRET"] = _credential[2],
            ["BATON_HOSTNAME"] = _grafana.BaseAddress.ToString(),
            ["BATON_USERNAME"] = "admin",
            ["BATON_PASSWORD"] = "admin",
        });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
