using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>Writes what a comparison found of grants.</summary>
internal sealed class GrantWriting(
    PodiumContext context, IBulkWriter bulk, InventorySnapshot stored, GrantComparison grants, RowStamp stamp, CancellationToken cancellationToken)
{
    public const string PeriodColumns = "app_id, entitlement_id, account_id, since, held_since, cause_id, origin_id, external_id, is_immutable";

    // A task may have changed a grant after the comparison was made: what has a later receipt is left alone here as well.
    private const string NotNewer = "since <= @at AND (confirmed_at IS NULL OR confirmed_at <= @at)";

    private static readonly BulkTable Begun = new(
        "grant_now",
        ("app_id", BulkType.Number), ("entitlement_id", BulkType.Number), ("account_id", BulkType.Number), ("since", BulkType.Number),
        ("held_since", BulkType.Number), ("cause_id", BulkType.Number), ("origin_id", BulkType.Number), ("external_id", BulkType.Text),
        ("is_immutable", BulkType.Flag));

    private static readonly BulkTable Continued = new(
        "grant_now",
        ("id", BulkType.Number), ("since", BulkType.Number), ("cause_id", BulkType.Number), ("origin_id", BulkType.Number),
        ("external_id", BulkType.Text), ("is_immutable", BulkType.Flag));

    private static readonly BulkTable Touched = new(
        "grant_now", ("id", BulkType.Number), ("external_id", BulkType.Text), ("is_immutable", BulkType.Flag));

    public async Task WriteAsync()
    {
        await AddOriginsAsync();
        await EndAsync();
        await ContinueAsync();
        await TouchAsync();
        await BeginAsync();
    }

    private async Task AddOriginsAsync()
    {
        var added = new List<(int Number, GrantOrigin Origin)>();
        for (var number = 1; number < stored.Origins.Count; number++)
        {
            var (id, isDirect, sources) = stored.Origins[number];
            if (id == 0)
            {
                var origin = new GrantOrigin { ConnectorId = stamp.ConnectorId, IsDirect = isDirect, Sources = sources };
                context.Add(origin);
                added.Add((number, origin));
            }
        }

        await context.SaveChangesAsync(cancellationToken);
        foreach (var (number, origin) in added)
        {
            OriginIds[number] = origin.Id;
        }
    }

    private Dictionary<int, long> OriginIds { get; } = [];

    private long? OriginId(int number) => number == 0 ? null : OriginIds.TryGetValue(number, out var id) ? id : stored.Origins[number].Id;

    private async Task EndAsync()
    {
        List<long> ids = [.. grants.Orphans];
        foreach (var (pair, grant) in grants.Compared)
        {
            if (grants.Ends(pair, grant))
            {
                ids.Add(grant.Id);
            }
        }

        await EndAsync(bulk, ids, stamp.At, stamp.CauseId, cancellationToken);
    }

    /// <summary>Moves grants into the past. The connector's row must be locked.</summary>
    public static async Task EndAsync(IBulkWriter bulk, IReadOnlyCollection<long> ids, Moment at, long causeId, CancellationToken cancellationToken)
    {
        if (ids.Count > 0)
        {
            (string, long)[] numbers = [("@at", at.Microseconds), ("@cause", causeId), ("@no", 0)];
            await bulk.ExecuteAsync(
                $"INSERT INTO grant_past ({PeriodColumns}, until, until_cause_id, is_continued) "
                + $"SELECT {PeriodColumns}, @at, @cause, (@no = 1) FROM grant_now WHERE id {{ids}} AND {NotNewer}",
                ids,
                numbers,
                cancellationToken);
            await bulk.ExecuteAsync($"DELETE FROM grant_now WHERE id {{ids}} AND {NotNewer}", ids, numbers[..1], cancellationToken);
        }
    }

    private async Task ContinueAsync()
    {
        var continued = grants.Compared.Where(pair => pair.Value.ComesAnotherWay).Select(pair => pair.Value).ToList();
        if (continued.Count == 0)
        {
            return;
        }

        await bulk.ExecuteAsync(
            $"INSERT INTO grant_past ({PeriodColumns}, until, until_cause_id, is_continued) "
            + $"SELECT {PeriodColumns}, @at, @cause, (@yes = 1) FROM grant_now WHERE id {{ids}}",
            continued.ConvertAll(grant => grant.Id),
            [("@at", stamp.At.Microseconds), ("@cause", stamp.CauseId), ("@yes", 1)],
            cancellationToken);
        await bulk.UpdateAsync(
            Continued,
            row =>
            {
                foreach (var grant in continued)
                {
                    row.Set(grant.Id).Set(stamp.At.Microseconds).Set(stamp.CauseId).Set(OriginId(grant.SeenOrigin)).SetOrNull(grant.SeenExternalId)
                        .Set(grant.SeenIsImmutable).End();
                }
            },
            cancellationToken);
    }

    private async Task TouchAsync()
    {
        var touched = grants.Compared.Where(pair => pair.Value.IsTouched).Select(pair => pair.Value).ToList();
        if (touched.Count > 0)
        {
            await bulk.UpdateAsync(
                Touched,
                row =>
                {
                    foreach (var grant in touched)
                    {
                        row.Set(grant.Id).SetOrNull(grant.SeenExternalId).Set(grant.SeenIsImmutable).End();
                    }
                },
                cancellationToken);
        }
    }

    private async Task BeginAsync()
    {
        var later = await LaterAsync();
        var begun = new List<BegunGrant>(grants.Compared.Count(pair => pair.Value.IsBegun));
        foreach (var (pair, grant) in grants.Compared)
        {
            var entitlement = stored.Entitlements[GrantComparison.EntitlementOf(pair)].Id;
            var account = stored.Accounts[GrantComparison.AccountOf(pair)].Id;
            if (grant.IsBegun && !later.Contains((entitlement, account)))
            {
                begun.Add(new(entitlement, account, grant.SeenExternalId, grant.SeenOrigin, grant.SeenIsImmutable));
            }
        }

        if (begun.Count == 0)
        {
            return;
        }

        // In the order of the index, which then only grows at its end.
        begun.Sort(BegunGrant.InIndexOrder);
        await bulk.InsertAsync(
            Begun,
            row =>
            {
                foreach (var grant in begun)
                {
                    row.Set(stamp.AppId).Set(grant.EntitlementId).Set(grant.AccountId).Set(stamp.At.Microseconds).Set(stamp.At.Microseconds).Set(stamp.CauseId)
                        .Set(OriginId(grant.Origin)).SetOrNull(grant.ExternalId).Set(grant.IsImmutable).End();
                }
            },
            cancellationToken);
    }

    // Tasks go on while a sync is compared. Whatever they did has a later time than the sync.
    private async Task<HashSet<(long Entitlement, long Account)>> LaterAsync()
    {
        const string sql =
            "SELECT entitlement_id, account_id FROM grant_now WHERE app_id = @app AND since > @at "
            + "UNION ALL SELECT entitlement_id, account_id FROM grant_past WHERE app_id = @app AND until > @at";
        var later = new HashSet<(long, long)>();
        await foreach (var row in context.RowsAsync(sql, [("@app", stamp.AppId), ("@at", stamp.At.Microseconds)], cancellationToken))
        {
            later.Add((row.GetInt64(0), row.GetInt64(1)));
        }

        return later;
    }

    private readonly record struct BegunGrant(long EntitlementId, long AccountId, string? ExternalId, int Origin, bool IsImmutable)
    {
        public static int InIndexOrder(BegunGrant left, BegunGrant right)
            => left.EntitlementId != right.EntitlementId ? left.EntitlementId.CompareTo(right.EntitlementId) : left.AccountId.CompareTo(right.AccountId);
    }
}
