using System.Data.Common;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>What changed in an app, the newest first. Each kind of change is read from an index of its own, and only as far as a page needs.</summary>
internal sealed class ChangeList(Database database)
{
    public Task<ListPage<ChangeRow>> PageAsync(ChangeFilter filter, ListRequest request, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Size, nameof(request));
        var size = Math.Min(request.Size, ListRequest.Largest);
        var digest = PageToken.FilterOf(filter);
        var token = PageToken.Parse(request.Token, digest, keys: 3);
        var isBackward = token is { IsBackward: true };
        var sql = new ListSql(context);
        var order = isBackward ? "ASC" : "DESC";
        var arms = ArmsOf(filter).Select(arm => arm.Sql(sql, filter, token, size + 1)).ToList();
        var rows = new List<ChangeRow>();
        if (arms.Count > 0)
        {
            var page = $"SELECT * FROM ({string.Join(" UNION ALL ", arms)}) AS changes ORDER BY at {order}, kind {order}, tie {order} LIMIT {size + 1}";
            await foreach (var row in context.RowsAsync($"{Around(page)} ORDER BY page.at {order}, page.kind {order}, page.tie {order}", sql.Parameters, cancellationToken))
            {
                rows.Add(Read(row));
            }
        }

        var isMore = rows.Count > size;
        if (isMore)
        {
            rows.RemoveAt(size);
        }

        if (isBackward)
        {
            rows.Reverse();
        }

        return new ListPage<ChangeRow>(
            await ChangedFields.AddAsync(context, rows, cancellationToken),
            rows.Count > 0 && (isBackward || isMore) ? TokenOf(digest, rows[^1], isBackward: false) : null,
            rows.Count > 0 && (isBackward ? isMore : token is not null) ? TokenOf(digest, rows[0], isBackward: true) : null,
            await CountAsync(context, filter, cancellationToken));
    });

    private static string TokenOf(string filter, ChangeRow row, bool isBackward)
        => new PageToken(filter, isBackward, [$"{row.At.Microseconds}", $"{(int)row.Kind}", $"{row.Order}"]).ToString();

    private static async Task<CappedCount> CountAsync(PodiumContext context, ChangeFilter filter, CancellationToken cancellationToken)
    {
        var sql = new ListSql(context);
        var arms = ArmsOf(filter).Select(arm => arm.Sql(sql, filter, null, CappedCount.Most + 1)).ToList();
        if (arms.Count == 0)
        {
            return default;
        }

        var text = $"SELECT count(*) FROM (SELECT 1 FROM ({string.Join(" UNION ALL ", arms)}) AS changes LIMIT {CappedCount.Most + 1}) AS counted";
        await foreach (var row in context.RowsAsync(text, sql.Parameters, cancellationToken))
        {
            return new(Math.Min(row.GetInt64(0), CappedCount.Most), row.GetInt64(0) > CappedCount.Most);
        }

        return default;
    }

    private static IEnumerable<ChangeArm> ArmsOf(ChangeFilter filter)
        => ChangeArm.All.Where(arm => (filter.Kinds.Count == 0 || filter.Kinds.Contains(arm.Kind)) && arm.Knows(filter));

    private static string Around(string page)
        => "SELECT page.at, page.kind, page.tie, page.account_id, a.display_name, a.login, page.entitlement_id, e.display_name, e.slug, e.is_privileged, "
            + "coalesce(page.resource_id, e.resource_id), r.display_name, c.not_before, c.kind, c.sync_id, c.task_id "
            + $"FROM ({page}) AS page LEFT JOIN app_account AS a ON a.id = page.account_id LEFT JOIN app_entitlement AS e ON e.id = page.entitlement_id "
            + "LEFT JOIN app_resource AS r ON r.id = coalesce(page.resource_id, e.resource_id) JOIN inventory_cause AS c ON c.id = page.cause_id";

    private static ChangeRow Read(DbDataReader row) => new()
    {
        At = row.Moment(0),
        Kind = (InventoryChangeKind)row.GetInt32(1),
        Order = row.GetInt64(2),
        AccountId = row.Int64OrNull(3),
        AccountName = row.StringOrNull(4),
        Login = row.StringOrNull(5),
        EntitlementId = row.Int64OrNull(6),
        EntitlementName = row.StringOrNull(7),
        Slug = row.StringOrNull(8),
        IsPrivileged = row.BooleanOrNull(9) ?? false,
        ResourceId = row.Int64OrNull(10),
        ResourceName = row.StringOrNull(11),
        NotBefore = row.Moment(12),
        CauseKind = Enum.Parse<InventoryCauseKind>(row.GetString(13)),
        SyncId = row.Int64OrNull(14),
        TaskId = row.Int64OrNull(15),
    };
}
