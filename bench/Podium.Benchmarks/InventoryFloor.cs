using Baton.C1z;
using Baton.C1z.Reading;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Inventory.Applying;

namespace Podium.Benchmarks;

/// <summary>
/// The least that a first sync can cost: reads the file, inserts the same rows with prepared statements or COPY, and builds the same indexes.
/// Nothing is checked, compared, counted or kept for the next time.
/// </summary>
internal static class InventoryFloor
{
    public static async Task RunAsync(Target target, string path)
    {
        var database = await target.CreateAsync();
        var (appId, connectorId) = await Target.AddConnectorAsync(database);
        var clock = new Clock();
        await database.WriteAsync(
            async context =>
            {
                var rebuild = await DropIndexesAsync(context);
                using var file = C1zFile.OpenAsIs(path);
                var reader = file.Read(file.Syncs.LatestFinished()!);
                await InsertAsync(context, SyncApply.WriterOf(context), reader, appId, connectorId);
                clock.Print("floor-rows");
                foreach (var statement in rebuild)
                {
                    await context.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
                }
            },
            CancellationToken.None);
        clock.Print("floor");
        Figures.Print("peak", Figures.Peak());
    }

    private static async Task<List<string>> DropIndexesAsync(PodiumContext context)
    {
        var drop = new List<string>();
        var rebuild = new List<string>();
        var isSqlite = context is SqlitePodiumContext;
        var sql = isSqlite
            ? "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ('app_account', 'app_resource', 'app_entitlement', 'grant_now')"
            : "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE tablename IN ('app_account', 'app_resource', 'app_entitlement', 'grant_now') AND indexname NOT LIKE 'pk_%'";
        await foreach (var row in context.RowsAsync(sql, [], CancellationToken.None))
        {
            drop.Add($"DROP {row.GetString(0)} {row.GetString(1)}");
            rebuild.Add(row.GetString(2));
        }

        foreach (var statement in drop)
        {
            await context.Database.ExecuteSqlRawAsync(statement);
        }

        if (isSqlite)
        {
            rebuild.Add("INSERT INTO app_account_search (app_account_search) VALUES ('rebuild')");
        }

        return rebuild;
    }

    private static async Task InsertAsync(PodiumContext context, IBulkWriter bulk, SyncReader reader, long appId, long connectorId)
    {
        var now = TimeProvider.System.Now();
        var types = new Dictionary<string, KnownType>(StringComparer.Ordinal);
        foreach (var type in reader.ResourceTypes())
        {
            var row = new Podium.Inventory.AppResourceType { AppId = appId, ConnectorId = connectorId, ExternalId = type.Id, DisplayName = type.DisplayName, BegunAt = now };
            context.Add(row);
            await context.SaveChangesAsync();
            types[type.Id] = new() { Id = row.Id, ExternalId = type.Id, Utf8 = [], Message = type };
        }

        var stamp = new RowStamp(appId, connectorId, now, 1);
        var ids = new Dictionary<(string, string), long>();
        var (resources, accounts, entitlements) = (0L, 0L, 0L);
        await bulk.InsertAsync(FloorRows.Resource, row =>
        {
            foreach (var resource in reader.Resources(new() { ResourceTypeId = "org" }))
            {
                ids[("org", resource.Id.Resource)] = ++resources;
                FloorRows.Write(row, resources, ResourceDraft.Of(resource), resource.Id.Resource, types["org"].Id, stamp);
            }
        }, CancellationToken.None);
        var reading = new Baton.Evidence.Accounts.AccountReading(reader.Run.Time);
        await bulk.InsertAsync(FloorRows.Account, row =>
        {
            foreach (var resource in reader.Resources(new() { ResourceTypeId = "user" }))
            {
                ids[("user", resource.Id.Resource)] = ++accounts;
                FloorRows.Write(row, accounts, AccountDraft.Of(resource, types["user"], reading), resource.Id.Resource, types["user"].Id, stamp);
            }
        }, CancellationToken.None);
        await bulk.InsertAsync(FloorRows.Entitlement, row =>
        {
            foreach (var entitlement in reader.Entitlements())
            {
                ids[("", entitlement.Id)] = ++entitlements;
                FloorRows.Write(row, entitlements, EntitlementDraft.Of(entitlement), entitlement.Id, ids[("org", entitlement.Resource.Id.Resource)], stamp);
            }
        }, CancellationToken.None);
        await bulk.InsertAsync(FloorRows.Grant, row =>
        {
            foreach (var grant in reader.GrantKeys())
            {
                FloorRows.Write(row, ids[("", grant.EntitlementId)], ids[grant.Principal], stamp);
            }
        }, CancellationToken.None);
    }
}
