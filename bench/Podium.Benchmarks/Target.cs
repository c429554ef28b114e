using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Podium.Apps;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Benchmarks;

/// <summary>The database that is measured.</summary>
internal sealed class Target(DatabaseOptions options)
{
    public DatabaseKind Kind => options.Kind;

    public string ConnectionString => options.ConnectionString;

    public string SqlitePath => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    public static Target Parse(string kind, string connection)
        => new(Enum.Parse<DatabaseKind>(kind) == DatabaseKind.Sqlite ? DatabaseOptions.Sqlite(connection) : DatabaseOptions.PostgreSql(connection));

    public Database Open() => new ServiceCollection().AddData(options).BuildServiceProvider().GetRequiredService<Database>();

    /// <param name="interceptor">Sees the transactions.</param>
    public async Task<Database> CreateAsync(IInterceptor? interceptor = null)
    {
        var provider = new ServiceCollection().AddData(options).BuildServiceProvider();
        await provider.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        return interceptor is null ? provider.GetRequiredService<Database>() : new(options, () => Open(interceptor), provider.GetRequiredService<WriterGate>());
    }

    private PodiumContext Open(IInterceptor interceptor) => Kind == DatabaseKind.Sqlite
        ? new SqlitePodiumContext(Options<SqlitePodiumContext>(interceptor))
        : new PostgreSqlPodiumContext(Options<PostgreSqlPodiumContext>(interceptor));

    private DbContextOptions<T> Options<T>(IInterceptor interceptor)
        where T : DbContext
    {
        var builder = new DbContextOptionsBuilder<T>();
        options.Configure(builder);
        builder.AddInterceptors(interceptor);
        return builder.Options;
    }

    public static async Task<(long AppId, long ConnectorId)> AddConnectorAsync(Database database)
    {
        var now = TimeProvider.System.Now();
        var app = new App { PublicId = Ksuid.New(TimeProvider.System), DisplayName = "Grafana", CreatedAt = now };
        await AddAsync(database, app);
        var connector = new Connector
        {
            PublicId = Ksuid.New(TimeProvider.System),
            AppId = app.Id,
            CatalogId = "grafana",
            DisplayName = "Grafana",
            Hosting = ConnectorHosting.SelfHosted,
            CreatedAt = now,
        };
        await AddAsync(database, connector);
        return (app.Id, connector.Id);
    }

    public static async Task<long> AddSyncAsync(Database database, long connectorId)
    {
        var now = TimeProvider.System.Now();
        var attempt = new Attempt { PublicId = Ksuid.New(TimeProvider.System), ConnectorId = connectorId, Kind = "sync_full", Payload = [], QueuedAt = now, DueAt = now, State = AttemptState.Done };
        await AddAsync(database, attempt);
        var sync = new Sync
        {
            PublicId = Ksuid.New(TimeProvider.System),
            ConnectorId = connectorId,
            AttemptId = attempt.Id,
            State = SyncState.Received,
            QueuedAt = now,
            AsOf = now,
        };
        await AddAsync(database, sync);
        return sync.Id;
    }

    public static Task AddAsync(Database database, object row) => database.WriteAsync(
        context =>
        {
            context.Add(row);
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
