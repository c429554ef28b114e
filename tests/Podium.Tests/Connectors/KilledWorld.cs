using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Baton.Testing.Grafana;
using Baton.Testing.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Podium.Data;

namespace Podium.Tests.Connectors;

/// <summary>
/// podium, a connector that it hosts, the same connector run elsewhere, a Grafana, and, where it is PostgreSQL, a database server: all as processes, all of
/// which can be killed.
/// </summary>
internal sealed class KilledWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("podium-kill-").FullName;
    private readonly int _port = FreePort();
    private readonly PostgreSqlServer? _postgreSql;
    private readonly ServiceProvider _services;
    private KilledProcess _server = null!;
    private readonly List<KilledProcess> _connectors = [];
    private string[] _credential = [];

    private KilledWorld(FakeGrafana grafana, PostgreSqlServer? postgreSql)
    {
        Grafana = grafana;
        _postgreSql = postgreSql;
        Options = postgreSql is null
            ? DatabaseOptions.Sqlite(Path.Combine(Data, "podium.db"))
            : DatabaseOptions.PostgreSql($"{postgreSql.ConnectionString};Database=podium");
        _services = new ServiceCollection().AddData(Options).BuildServiceProvider();
    }

    public FakeGrafana Grafana { get; }

    public DatabaseOptions Options { get; }

    public Database Database => _services.GetRequiredService<Database>();

    /// <summary>What was said last by those that run now.</summary>
    public string Errors => $"podium:\n{_server.Errors}\nbaton-grafana:\n{string.Join('\n', _connectors.Select(connector => connector.Errors))}";

    /// <summary>What <c>podium</c>'s commands need to find this database.</summary>
    public string[] DatabaseFlags => _postgreSql is null ? ["--data", Data] : ["--data", Data, "--database", Options.ConnectionString, "--key-file", KeyFile];

    /// <summary>Host and port that connectors call.</summary>
    public string Address => $"127.0.0.1:{_port}";

    public string ClientId => _credential[1];

    public string ClientSecret => _credential[2];

    public string AuthorityFile => Path.Combine(Data, "ca.pem");

    /// <summary>The most memory that the server ever had.</summary>
    public long ServerPeakBytes => _server.PeakBytes;

    private string Data => Path.Combine(_folder, "data");

    private string KeyFile => Path.Combine(_folder, "wrapping.key");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<KilledWorld> StartAsync(DatabaseKind kind)
    {
        var world = await StartServerAloneAsync(kind);
        world.StartConnector("elsewhere");
        await world._server.AskAsync($"hosted {world.Grafana.BaseAddress} admin admin", Cancellation);
        return world;
    }

    /// <summary>No connector runs; there is a credential for one.</summary>
    public static async Task<KilledWorld> StartServerAloneAsync(DatabaseKind kind)
    {
        var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var world = new KilledWorld(grafana, kind == DatabaseKind.PostgreSql ? await PostgreSqlServer.StartAsync(Cancellation) : null);
        if (world._postgreSql is { } postgreSql)
        {
            await File.WriteAllBytesAsync(world.KeyFile, new byte[32], Cancellation);
            await ExecuteAsync(postgreSql, "CREATE DATABASE podium");
        }

        await world.StartServerAsync();
        world._credential = (await world._server.AskAsync("elsewhere", Cancellation)).Split(' ');
        return world;
    }

    public Task AskForSyncsAsync() => _server.AskAsync("sync", Cancellation);

    public Task KillAsync(KillVictim victim) => victim switch
    {
        KillVictim.Server => KillServerAsync(),
        KillVictim.Connector => KillConnectorAsync(),
        KillVictim.HostedConnector => KillHostedAsync(),
        KillVictim.DatabaseConnections => ExecuteAsync(_postgreSql!, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'podium'"),
        _ => _postgreSql!.CrashAsync(Cancellation),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await _server.DisposeAsync();
        await Grafana.DisposeAsync();
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (_postgreSql is not null)
        {
            await _postgreSql.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task KillServerAsync()
    {
        await _server.DisposeAsync();
        await StartServerAsync();
    }

    /// <summary>Kills the process that was started first, of those that run elsewhere, and starts another under its name.</summary>
    private async Task KillConnectorAsync()
    {
        await KillFirstConnectorAsync();
        StartConnector("elsewhere");
    }

    public async Task KillFirstConnectorAsync()
    {
        await _connectors[0].DisposeAsync();
        _connectors.RemoveAt(0);
    }

    private async Task KillHostedAsync()
    {
        var child = int.Parse((await _server.AskAsync("child", Cancellation)).Split(' ')[1], CultureInfo.InvariantCulture);
        if (child > 0)
        {
            await KilledProcess.KillAsync(child);
        }
    }

    private async Task StartServerAsync()
    {
        string[] words = ["dotnet", KilledProcess.Built("Podium.TestHost", "Podium.TestHost.dll"), Data, _port.ToString(CultureInfo.InvariantCulture)];
        _server = KilledProcess.Start(_postgreSql is null ? words : [.. words, Options.ConnectionString, KeyFile], new Dictionary<string, string>());
        await _server.WaitForAsync("ready", Cancellation);
    }

    /// <param name="host">Which of the processes that share the work of the connector.</param>
    public void StartConnector(string host) => _connectors.Add(KilledProcess.Start(
        ["dotnet", KilledProcess.Built("Baton.Grafana", "baton-grafana.dll")],
        new Dictionary<string, string>
        {
            ["BATON_HOST_ID"] = host,
            ["BATON_C1_API_HOST"] = Address,
            ["SSL_CERT_FILE"] = AuthorityFile,
            ["BATON_CLIENT_ID"] = ClientId,
            ["BATON_CLIENT_SECRET"] = ClientSecret,
            ["BATON_HOSTNAME"] = Grafana.BaseAddress.ToString(),
            ["BATON_USERNAME"] = "admin",
            ["BATON_PASSWORD"] = "admin",
        }));

    private static async Task ExecuteAsync(PostgreSqlServer server, string sql)
    {
        await using var connection = new NpgsqlConnection($"{server.ConnectionString};Database=postgres;Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What is killed. The last two only where there is a database server.</summary>
internal enum KillVictim
{
    Server,
    Connector,
    HostedConnector,
    DatabaseConnections,
    DatabaseServer,
}
