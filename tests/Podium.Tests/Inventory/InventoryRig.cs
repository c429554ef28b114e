using Baton.C1z.Syncs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Podium.Apps;
using Podium.Audit;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using Podium.Inventory.Applying;
using Podium.Tests.Data;

namespace Podium.Tests.Inventory;

/// <summary>A connector with a database, and syncs of it an hour apart.</summary>
internal sealed class InventoryRig : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly string _folder = Directory.CreateTempSubdirectory("podium-inventory-").FullName;
    private int _files;

    private InventoryRig(TestDatabase database)
    {
        _database = database;
        Apply = new(database.Database, Clock);
    }

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));

    public Database Database => _database.Database;

    public SyncApply Apply { get; set; }

    public long AppId { get; private set; }

    public long ConnectorId { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<InventoryRig> CreateAsync(DatabaseKind kind)
    {
        var rig = new InventoryRig(await TestDatabase.CreateAsync(kind));
        var app = new App { PublicId = Ksuid.New(rig.Clock), DisplayName = "Grafana", CreatedAt = rig.Clock.Now() };
        await rig.AddAsync(app);
        rig.AppId = app.Id;
        rig.ConnectorId = await rig.AddConnectorAsync();
        return rig;
    }

    public async Task<long> AddConnectorAsync()
    {
        var connector = new Connector
        {
            PublicId = Ksuid.New(Clock),
            AppId = AppId,
            CatalogId = "grafana",
            DisplayName = "Grafana",
            Hosting = ConnectorHosting.SelfHosted,
            CreatedAt = Clock.Now(),
        };
        await AddAsync(connector);
        return connector.Id;
    }

    /// <summary>A sync that is handed out now, with its file received.</summary>
    public async Task<(long Id, string Path)> ReceiveAsync(Action<string> write, long? connectorId = null)
    {
        var path = Path.Combine(_folder, $"{++_files}.c1z");
        write(path);
        var attempt = new Attempt
        {
            PublicId = Ksuid.New(Clock),
            ConnectorId = connectorId ?? ConnectorId,
            Kind = "sync_full",
            Payload = [],
            QueuedAt = Clock.Now(),
            DueAt = Clock.Now(),
            State = AttemptState.Done,
        };
        await AddAsync(attempt);
        var sync = new Sync
        {
            PublicId = Ksuid.New(Clock),
            ConnectorId = connectorId ?? ConnectorId,
            AttemptId = attempt.Id,
            State = SyncState.Received,
            QueuedAt = Clock.Now(),
            AsOf = Clock.Now(),
        };
        await AddAsync(sync);
        Clock.Advance(TimeSpan.FromHours(1));
        return (sync.Id, path);
    }

    public Task<(long Id, string Path)> ReceiveAsync(UploadBuilder upload) => ReceiveAsync(path => upload.Write(path));

    public async Task<SyncOutcome> SyncAsync(UploadBuilder upload)
    {
        var (id, path) = await ReceiveAsync(upload);
        return await Apply.ApplyAsync(id, path, Cancellation);
    }

    /// <summary>Applies what has to be applied, however much it takes away.</summary>
    public async Task<SyncOutcome> ForceAsync(UploadBuilder upload)
    {
        var (id, path) = await ReceiveAsync(upload);
        var outcome = await Apply.ApplyAsync(id, path, Cancellation);
        return outcome.State == SyncState.Held ? await Apply.ConfirmAsync(id, path, Actor.Operator, Cancellation) : outcome;
    }

    public async Task<SyncOutcome> WriteAsync(Action<string> write)
    {
        var (id, path) = await ReceiveAsync(write);
        return await Apply.ApplyAsync(id, path, Cancellation);
    }

    public Task<SyncOutcome> WriteAsync(UploadBuilder upload, SyncType type, bool end = true, string? declared = null)
        => WriteAsync(path => upload.Write(path, type, end, declared));

    public async Task<List<T>> AllAsync<T>()
        where T : class
        => await Database.ReadAsync(context => context.Set<T>().ToListAsync(Cancellation));

    /// <summary>The grants that are there, as <c>entitlement:type:id</c>.</summary>
    public async Task<List<string>> GrantsAsync() => await Database.ReadAsync(async context =>
    {
        var rows = await (
            from grant in context.Set<GrantNow>()
            join entitlement in context.Set<AppEntitlement>() on grant.EntitlementId equals entitlement.Id
            join account in context.Set<AppAccount>() on grant.AccountId equals account.Id
            join type in context.Set<AppResourceType>() on account.TypeId equals type.Id
            select new { Entitlement = entitlement.ExternalId, Type = type.ExternalId, account.ExternalId }).ToListAsync(Cancellation);
        return rows.Select(row => $"{row.Entitlement}:{row.Type}:{row.ExternalId}").Order(StringComparer.Ordinal).ToList();
    });

    public async Task<List<AppAccount>> AccountsAsync() => [.. (await AllAsync<AppAccount>()).Where(account => account.DeletedAt is null)];

    public async Task AddAsync(object row) => await Database.WriteAsync(
        context =>
        {
            context.Add(row);
            return Task.CompletedTask;
        },
        Cancellation);

    public async ValueTask DisposeAsync()
    {
        Apply.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
