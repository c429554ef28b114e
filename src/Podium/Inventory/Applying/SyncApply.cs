using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baton.C1z;
using Baton.C1z.Container;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Podium.Audit;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>
/// Makes an uploaded file the inventory, whole or not at all: checked for completeness, compared in memory, judged, and then only the
/// differences are written, in one short transaction. Moves: docs/podium/inventory.md.
/// </summary>
internal sealed class SyncApply(Database database, TimeProvider clock, Func<PodiumContext, IBulkWriter>? bulk = null) : IDisposable
{
    // An apply that is overtaken by another change starts anew. More often than this is no coincidence.
    private const int Tries = 5;

    private readonly Func<PodiumContext, IBulkWriter> _bulk = bulk ?? WriterOf;

    // Memory and cores are for people first: one file at a time.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>
    /// Applies, holds or rejects a sync whose upload is here. Does nothing when that was done before, and goes on where a process that was
    /// killed left off.
    /// </summary>
    /// <param name="path">The file.</param>
    public async Task<SyncOutcome> ApplyAsync(long syncId, string path, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            context => context.Set<Sync>().Where(sync => sync.Id == syncId && sync.State == SyncState.Received)
                .ExecuteUpdateAsync(set => set.SetProperty(sync => sync.State, SyncState.Applying), cancellationToken),
            cancellationToken);
        return await RunAsync(new(syncId, path, SyncState.Applying, Actor.System), cancellationToken);
    }

    /// <summary>Applies exactly this held sync, because a person says so. Does nothing when it is not held any more.</summary>
    public Task<SyncOutcome> ConfirmAsync(long syncId, string path, Actor actor, CancellationToken cancellationToken)
        => RunAsync(new(syncId, path, SyncState.Held, actor), cancellationToken);

    public void Dispose() => _turn.Dispose();

    public static IBulkWriter WriterOf(PodiumContext context) => context.Database.GetDbConnection() switch
    {
        SqliteConnection sqlite => new SqliteBulkWriter(sqlite),
        NpgsqlConnection postgres => new PostgreSqlBulkWriter(postgres),
        var other => throw new NotSupportedException($"There is no bulk writer for {other.GetType().Name}."),
    };

    private async Task<SyncOutcome> RunAsync(Apply apply, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await TryAsync(apply, cancellationToken) is { } outcome)
                {
                    return outcome;
                }

                if (attempt == Tries)
                {
                    throw new InvalidOperationException($"The inventory changed {Tries} times while sync {apply.SyncId} was compared with it.");
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>Null when something else changed the inventory meanwhile.</returns>
    private async Task<SyncOutcome?> TryAsync(Apply apply, CancellationToken cancellationToken)
    {
        var sync = await database.ReadAsync(context => context.Set<Sync>().SingleAsync(sync => sync.Id == apply.SyncId, cancellationToken));
        if (sync.State != apply.From)
        {
            return new(sync.State, sync.Reason);
        }

        try
        {
            using var file = C1zFile.OpenAsIs(apply.Path, OptionsFor(apply.Path));
            var (reader, counted) = UploadCheck.Read(file);
            return await TryAsync(apply, sync, reader, counted, cancellationToken);
        }
        catch (Exception refusal) when (refusal is C1zException or UnusableUploadException or Google.Protobuf.InvalidProtocolBufferException)
        {
            var reason = refusal switch
            {
                UnusableUploadException => refusal.Message,
                C1zException { Error: C1zError.TooLarge } => "The upload is larger than the limits allow.",
                _ => "The upload is damaged or no .c1z file.",
            };
            return await RejectAsync(apply, reason, cancellationToken);
        }
    }

    private async Task<SyncOutcome?> TryAsync(Apply apply, Sync sync, SyncReader reader, SyncStats counted, CancellationToken cancellationToken)
    {
        await EnsureStateAsync(sync.ConnectorId, cancellationToken);
        var compared = await database.ReadSnapshotAsync(
            async context =>
            {
                var connector = await context.Set<Connector>().SingleAsync(each => each.Id == sync.ConnectorId, cancellationToken);
                RequireLater(sync, connector);
                var state = await context.Set<InventoryState>().SingleAsync(each => each.ConnectorId == connector.Id, cancellationToken);
                return await CompareAsync(context, connector, state, reader, counted, sync, cancellationToken);
            },
            cancellationToken);
        return compared.Difference.Holds.Count > 0 && apply.From == SyncState.Applying
            ? await HoldAsync(apply, compared, cancellationToken)
            : await WriteAsync(apply, reader, compared, cancellationToken);
    }

    // A hundred times what was sent is more than any honest file unpacks to, small ones aside.
    private static C1zOptions OptionsFor(string path)
    {
        const long Smallest = 64L << 20;
        return new()
        {
            Limits = DecodeLimits.Default with { MaxDecodedBytes = Math.Max(Smallest, File.Exists(path) ? 100 * new FileInfo(path).Length : 0) },
        };
    }

    private static void RequireLater(Sync sync, Connector connector)
    {
        if (sync.AsOf is not { } asOf)
        {
            throw new InvalidOperationException($"Sync {sync.Id} has no moment: it was never handed out.");
        }

        if (connector.InventoryAsOf >= asOf)
        {
            throw new UnusableUploadException("A sync that was started later is applied already.");
        }
    }

    private static async Task<Compared> CompareAsync(
        PodiumContext context, Connector connector, InventoryState state, SyncReader reader, SyncStats counted, Sync sync, CancellationToken cancellationToken)
    {
        var stored = await InventorySnapshot.LoadAsync(context, connector, state, reader, counted, cancellationToken);
        var grants = new StoredGrants(context, connector, cancellationToken);
        var comparison = new SyncComparison(reader, stored, sync.AsOf!.Value, cancellationToken);
        comparison.Grants.Expect((int)counted.Grants);
        comparison.Run();
        var before = await grants.CountAsync();
        UploadCheck.RequireGrants(reader, before);
        if (!comparison.Grants.IsSameAsBefore || comparison.MovesAnything())
        {
            await comparison.Grants.CompareAsync(grants.AllAsync(), await grants.RevokedAfterAsync(sync.AsOf.Value));
        }

        comparison.FindEnded();
        var difference = await new HoldRules(stored, comparison).JudgeAsync(context, before, cancellationToken);
        return new(stored, comparison, difference);
    }

    private async Task EnsureStateAsync(long connectorId, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(context => context.Set<InventoryState>().AnyAsync(state => state.ConnectorId == connectorId, cancellationToken)))
        {
            return;
        }

        await database.WriteAsync(
            async context =>
            {
                await LockAsync(context, connectorId, cancellationToken);
                if (!await context.Set<InventoryState>().AnyAsync(state => state.ConnectorId == connectorId, cancellationToken))
                {
                    context.Add(new InventoryState { ConnectorId = connectorId, HashSeed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) });
                }
            },
            cancellationToken);
    }

    /// <summary>Whoever writes the inventory of a connector takes its row first, so that they take turns.</summary>
    public static async Task<Connector> LockAsync(PodiumContext context, long connectorId, CancellationToken cancellationToken)
    {
        if (context is PostgreSqlPodiumContext)
        {
            await context.Database.ExecuteSqlAsync($"SELECT 1 FROM connector WHERE id = {connectorId} FOR UPDATE", cancellationToken);
        }

        return await context.Set<Connector>().SingleAsync(connector => connector.Id == connectorId, cancellationToken);
    }

    private async Task<SyncOutcome?> WriteAsync(Apply apply, SyncReader reader, Compared compared, CancellationToken cancellationToken)
    {
        var isFirst = compared.Stored.Connector.InventoryAsOf is null;
        var outcome = await database.WriteAsync(
            async context =>
            {
                var (sync, connector) = await BeginAsync(context, apply, compared, cancellationToken);
                if (sync.State != apply.From || connector is null)
                {
                    return sync.State == apply.From ? null : new SyncOutcome(sync.State, sync.Reason);
                }

                await new PlanWriter(context, _bulk(context), reader, compared.Stored, compared.Comparison, sync, cancellationToken)
                    .WriteAsync(compared.Difference);
                await KeepDigestAsync(context, connector.Id, compared, cancellationToken);
                connector.InventoryVersion++;
                connector.InventoryAsOf = sync.AsOf;
                await SupersedeAsync(context, sync, cancellationToken);
                End(context, sync, SyncState.Applied, null, compared.Difference, apply.Actor, apply.From == SyncState.Held ? "sync.confirmed" : "sync.applied");
                return new SyncOutcome(SyncState.Applied, null, compared.Difference);
            },
            cancellationToken);
        if (outcome?.State == SyncState.Applied && isFirst)
        {
            await AnalyzeAsync(cancellationToken);
        }

        return outcome;
    }

    // Equal sums mean equal grants only where all of the file was applied: not what a task changed after the sync was handed out, or does now.
    private static async Task KeepDigestAsync(PodiumContext context, long connectorId, Compared compared, CancellationToken cancellationToken)
    {
        var state = await context.Set<InventoryState>().SingleAsync(each => each.ConnectorId == connectorId, cancellationToken);
        var isUntouched = (state.GrantsDigest is { } digest ? RowHash.FromBytes(digest) : (UInt128?)null) == compared.Stored.GrantsDigest;
        state.GrantsDigest = isUntouched && !compared.Comparison.LeavesAnythingAlone() ? RowHash.ToBytes(compared.Comparison.Grants.Digest) : null;
    }

    // Without statistics both databases choose plans for empty tables (measured on PostgreSQL: 110 ms for a page of 2).
    private async Task AnalyzeAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async context =>
            {
                // Both databases take several statements at once.
                await context.Database.ExecuteSqlRawAsync(
                    "ANALYZE app_resource_type; ANALYZE app_resource; ANALYZE app_account; ANALYZE app_entitlement; ANALYZE grant_now; ANALYZE grant_past",
                    cancellationToken);
            },
            cancellationToken);
    }

    private async Task<SyncOutcome?> HoldAsync(Apply apply, Compared compared, CancellationToken cancellationToken)
    {
        var holds = compared.Difference.Holds;
        var reason = holds[0].Text + (holds.Count > 1 ? $" (and {holds.Count - 1} more)" : "");
        return await database.WriteAsync(
            async context =>
            {
                var (sync, connector) = await BeginAsync(context, apply, compared, cancellationToken);
                if (sync.State != apply.From || connector is null)
                {
                    return sync.State == apply.From ? null : new SyncOutcome(sync.State, sync.Reason);
                }

                await SupersedeAsync(context, sync, cancellationToken);
                End(context, sync, SyncState.Held, reason, compared.Difference, apply.Actor, "sync.held");
                return new SyncOutcome(SyncState.Held, reason, compared.Difference);
            },
            cancellationToken);
    }

    private Task<SyncOutcome> RejectAsync(Apply apply, string reason, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var sync = await context.Set<Sync>().SingleAsync(each => each.Id == apply.SyncId, cancellationToken);
            await LockAsync(context, sync.ConnectorId, cancellationToken);
            await context.Entry(sync).ReloadAsync(cancellationToken);
            if (sync.State == SyncState.Applying && apply.From == SyncState.Applying)
            {
                End(context, sync, SyncState.Rejected, reason, null, apply.Actor, "sync.rejected");
            }

            return new SyncOutcome(sync.State, apply.From == SyncState.Held ? reason : sync.Reason);
        },
        cancellationToken);

    /// <returns>The connector, locked; null when its inventory is not the one that was compared.</returns>
    private static async Task<(Sync Sync, Connector? Connector)> BeginAsync(
        PodiumContext context, Apply apply, Compared compared, CancellationToken cancellationToken)
    {
        var connector = await LockAsync(context, compared.Stored.Connector.Id, cancellationToken);
        var sync = await context.Set<Sync>().SingleAsync(each => each.Id == apply.SyncId, cancellationToken);
        return (sync, connector.InventoryVersion == compared.Stored.Connector.InventoryVersion ? connector : null);
    }

    private async Task SupersedeAsync(PodiumContext context, Sync by, CancellationToken cancellationToken)
    {
        var held = await context.Set<Sync>().Where(sync => sync.ConnectorId == by.ConnectorId && sync.State == SyncState.Held && sync.Id != by.Id)
            .ToListAsync(cancellationToken);
        foreach (var sync in held)
        {
            sync.State = SyncState.Superseded;
            context.Audit(clock.Now(), "sync.superseded", Actor.System, ("sync", sync.PublicId.ToString()));
        }
    }

    private void End(PodiumContext context, Sync sync, SyncState state, string? reason, SyncDifference? difference, Actor actor, string kind)
    {
        sync.State = state;
        sync.Reason = reason;
        sync.EndedAt = clock.Now();
        sync.Difference = difference?.ToJson() ?? sync.Difference;
        sync.Accounts = difference?.Accounts.After;
        sync.Resources = difference?.Resources.After;
        sync.Entitlements = difference?.Entitlements.After;
        sync.Grants = difference?.Grants.After;
        var details = new JsonObject { ["reason"] = reason };
        if (difference is not null)
        {
            details["accounts"] = Numbers(difference.Accounts);
            details["resources"] = Numbers(difference.Resources);
            details["entitlements"] = Numbers(difference.Entitlements);
            details["grants"] = Numbers(difference.Grants);
        }

        context.Audit(clock.Now(), kind, actor, ("sync", sync.PublicId.ToString()), details);
    }

    private static JsonObject Numbers(KindDifference difference)
        => new() { ["begun"] = difference.Begun, ["changed"] = difference.Changed, ["ended"] = difference.Ended };

    /// <param name="From">The state that the sync has to be in.</param>
    private sealed record Apply(long SyncId, string Path, SyncState From, Actor Actor);

    private sealed record Compared(InventorySnapshot Stored, SyncComparison Comparison, SyncDifference Difference);
}
