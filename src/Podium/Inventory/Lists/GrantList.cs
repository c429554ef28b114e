using Baton.Evidence.Accounts;
using System.Data.Common;
using System.Text.Json;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>Who holds an entitlement, by the account's name, and what an account holds, by the entitlement's; now and at any moment.</summary>
internal sealed class GrantList(Database database)
{
    private const string GrantColumns
        = "g.entitlement_id, g.account_id, g.since, g.held_since, g.cause_id, g.origin_id, g.is_immutable";

    public Task<ListPage<GrantRow>> PageAsync(GrantFilter filter, ListRequest request, CancellationToken cancellationToken)
    {
        if (filter.EntitlementId is null == filter.AccountId is null)
        {
            throw new ArgumentException("Give either an entitlement or an account.", nameof(filter));
        }

        return database.ReadAsync(async context =>
        {
            var sql = new ListSql(context);
            var findsParts = filter.Text is null || await AccountSearchIndex.FindsPartsAsync(context, cancellationToken);
            var isLarge = filter.EntitlementId is not null && await IsLargeAsync(context, filter, cancellationToken);
            return await new NamedList<GrantRow>
            {
                Context = context,
                Sql = sql,
                Filter = filter,
                IsDescending = filter.Descending,
                Arms = filter.AsOf is null
                    ? [Arm(sql, filter, "grant_now", findsParts, isLarge)]
                    : [Arm(sql, filter, "grant_now", findsParts, isLarge), Arm(sql, filter, "grant_past", findsParts, isLarge)],
                Around = page => Around(page, sql, filter.AsOf),
                Read = Read,
                KeyOf = row => filter.EntitlementId is null ? (row.EntitlementSortName, row.EntitlementId) : (row.AccountSortName, row.AccountId),
            }.PageAsync(request, cancellationToken);
        });
    }

    /// <summary>What the accounts of one page hold, the most privileged first.</summary>
    public Task<ILookup<long, GrantRow>> OfAccountsAsync(IReadOnlyCollection<long> accountIds, Moment? asOf, CancellationToken cancellationToken)
        => database.ReadAsync(async context =>
        {
            var rows = new List<GrantRow>();
            if (accountIds.Count > 0)
            {
                var sql = new ListSql(context);
                var ids = string.Join(',', accountIds);
                var page = $"SELECT {GrantColumns}, NULL AS until FROM grant_now AS g WHERE g.account_id IN ({ids})";
                if (asOf is { } moment)
                {
                    var at = sql.Add(moment);
                    page += $" AND g.since <= {at} UNION ALL SELECT {GrantColumns}, g.until FROM grant_past AS g WHERE g.account_id IN ({ids}) AND g.since <= {at} AND g.until > {at}";
                }

                await foreach (var row in context.RowsAsync(Around(page, sql, asOf), sql.Parameters, cancellationToken))
                {
                    rows.Add(Read(row));
                }
            }

            return rows.OrderByDescending(row => row.IsPrivileged).ThenByDescending(row => row.Rank).ThenBy(row => row.ResourceName, StringComparer.Ordinal)
                .ToLookup(row => row.AccountId);
        });

    // Sorting some hundred holders is faster than walking all accounts by name; with a hundred thousand it is the other way round.
    private static async Task<bool> IsLargeAsync(PodiumContext context, GrantFilter filter, CancellationToken cancellationToken)
    {
        var sql = new ListSql(context);
        var text = $"SELECT count(*) FROM (SELECT 1 FROM grant_now WHERE entitlement_id = {sql.Add(filter.EntitlementId!.Value)} LIMIT {CappedCount.Most + 1}) AS holders";
        await foreach (var row in context.RowsAsync(text, sql.Parameters, cancellationToken))
        {
            return row.GetInt64(0) > CappedCount.Most;
        }

        return false;
    }

    private static NamedList<GrantRow>.Arm Arm(ListSql sql, GrantFilter filter, string table, bool findsParts, bool isLarge)
    {
        var isPast = table == "grant_past";
        var conditions = new List<string>();
        if (filter.AsOf is { } moment)
        {
            var at = sql.Add(moment);
            conditions.Add($"g.since <= {at}" + (isPast ? $" AND g.until > {at}" : ""));
        }

        var until = isPast ? "g.until" : "NULL";
        if (filter.AccountId is { } account)
        {
            conditions.Add($"g.account_id = {sql.Add(account)}");
            if (filter.Text is { } words)
            {
                conditions.Add(sql.Text("e", words));
            }

            return new(
                $"SELECT {GrantColumns}, {until} AS until, e.sort_name AS sort_name, e.id AS id FROM {table} AS g JOIN app_entitlement AS e ON e.id = g.entitlement_id "
                + $"WHERE {string.Join(" AND ", conditions)} {{beyond}}",
                "e.sort_name",
                "e.id");
        }

        conditions.Add($"g.entitlement_id = {sql.Add(filter.EntitlementId!.Value)}");
        if (filter.Text is { } text)
        {
            conditions.Add(sql.AccountText("a", text, isCurrent: true, findsParts));
        }

        // SQLite keeps the order of a CROSS JOIN: accounts by name, each looked up. PostgreSQL finds that by itself.
        var from = isLarge && filter.Text is null && sql.IsSqlite
            ? $"app_account AS a CROSS JOIN {table} AS g ON g.account_id = a.id AND a.app_id = {sql.Add(filter.AppId)}"
            : $"{table} AS g JOIN app_account AS a ON a.id = g.account_id";
        return new(
            $"SELECT {GrantColumns}, {until} AS until, a.sort_name AS sort_name, a.id AS id FROM {from} WHERE {string.Join(" AND ", conditions)} {{beyond}}",
            "a.sort_name",
            "a.id");
    }

    private static string Around(string page, ListSql sql, Moment? asOf)
    {
        var (a, e, r, past) = ("a", "e", "r", "");
        if (asOf is { } moment)
        {
            // As they were called then. A version of the past is there only where another came since.
            var at = sql.Add(moment);
            past = $" LEFT JOIN app_account_past AS av ON av.account_id = a.id AND av.since <= {at} AND av.until > {at}"
                + $" LEFT JOIN app_entitlement_past AS ev ON ev.entitlement_id = e.id AND ev.since <= {at} AND ev.until > {at}"
                + $" LEFT JOIN app_resource_past AS rv ON rv.resource_id = r.id AND rv.since <= {at} AND rv.until > {at}";
            (a, e, r) = ("av", "ev", "rv");
        }

        return "SELECT page.entitlement_id, page.account_id, page.since, page.held_since, page.is_immutable, page.until, "
            + $"{Then(e, "e", "display_name")}, {Then(e, "e", "slug")}, {Then(e, "e", "rank")}, {Then(e, "e", "is_privileged")}, {Then(e, "e", "exclusion_group")}, "
            + $"e.resource_id, {Then(r, "r", "display_name")}, t.external_id, {Then(a, "a", "display_name")}, {Then(a, "a", "login")}, {Then(a, "a", "email")}, "
            + $"{Then(a, "a", "kind")}, {Then(a, "a", "status")}, a.last_seen_quality, a.last_seen_at, c.not_before, c.kind, c.sync_id, c.task_id, "
            + "o.is_direct, o.sources, coalesce(page.since > k.inventory_as_of, 1 = 0), a.sort_name, e.sort_name "
            + $"FROM ({page}) AS page JOIN app_account AS a ON a.id = page.account_id JOIN app_entitlement AS e ON e.id = page.entitlement_id "
            + "JOIN app_resource AS r ON r.id = e.resource_id JOIN app_resource_type AS t ON t.id = r.type_id JOIN connector AS k ON k.id = e.connector_id "
            + $"JOIN inventory_cause AS c ON c.id = page.cause_id LEFT JOIN grant_origin AS o ON o.id = page.origin_id{past}";

        static string Then(string past, string now, string column) => past == now ? $"{now}.{column}" : $"coalesce({past}.{column}, {now}.{column})";
    }

    private static GrantRow Read(DbDataReader row) => new()
    {
        EntitlementId = row.GetInt64(0),
        AccountId = row.GetInt64(1),
        Since = row.Moment(2),
        HeldSince = row.Moment(3),
        IsImmutable = row.GetBoolean(4),
        Until = row.MomentOrNull(5),
        EntitlementName = row.GetString(6),
        Slug = row.GetString(7),
        Rank = row.GetInt32(8),
        IsPrivileged = row.GetBoolean(9),
        ExclusionGroup = row.GetString(10),
        ResourceId = row.GetInt64(11),
        ResourceName = row.GetString(12),
        Type = row.GetString(13),
        AccountName = row.GetString(14),
        Login = row.GetString(15),
        Email = row.GetString(16),
        Kind = Enum.Parse<AccountKind>(row.GetString(17)),
        Status = Enum.Parse<AccountStatus>(row.GetString(18)),
        LastSeenQuality = Enum.Parse<LastSeenQuality>(row.GetString(19)),
        LastSeenAt = row.MomentOrNull(20),
        NotBefore = row.Moment(21),
        CauseKind = Enum.Parse<InventoryCauseKind>(row.GetString(22)),
        SyncId = row.Int64OrNull(23),
        TaskId = row.Int64OrNull(24),
        IsDirect = row.BooleanOrNull(25) ?? true,
        Sources = row.StringOrNull(26) is { } sources ? JsonSerializer.Deserialize<string[]>(sources)! : [],
        IsUnseen = row.GetBoolean(27),
        AccountSortName = row.GetString(28),
        EntitlementSortName = row.GetString(29),
    };
}
