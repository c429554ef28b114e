using System.Data.Common;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>The entitlements of an app, by name, as they are or were at any moment.</summary>
internal sealed class EntitlementList(Database database, InventoryCounts counts)
{
    public Task<ListPage<EntitlementRow>> PageAsync(EntitlementFilter filter, ListRequest request, CancellationToken cancellationToken)
        => database.ReadAsync(context =>
        {
            var sql = new ListSql(context);
            return new NamedList<EntitlementRow>
            {
                Context = context,
                Sql = sql,
                Filter = filter,
                IsDescending = filter.Descending,
                Arms = filter.AsOf is { } moment ? [Arm(sql, filter, "e", "e", moment), Arm(sql, filter, "v", "e", moment)] : [Arm(sql, filter, "e", "e", null)],
                Around = page => Around(page, sql, filter.AsOf),
                Read = Read,
                KeyOf = row => (row.SortName, row.Id),
                KnownCount = filter with { AsOf = null, Descending = false } == new EntitlementFilter { AppId = filter.AppId }
                    ? async () => await counts.OfAppAsync(filter.AppId, filter.AsOf, cancellationToken) is { } known ? new(known.Entitlements) : null
                    : null,
            }.PageAsync(request, cancellationToken);
        });

    /// <summary>Null when there is no such entitlement, or was none at the moment. One that ended is found without a moment.</summary>
    public Task<EntitlementRow?> FindAsync(long id, Moment? asOf, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var sql = new ListSql(context);
        var key = sql.Add(id);
        var page = $"SELECT {Columns("e", "e")} FROM app_entitlement AS e WHERE e.id = {key}";
        if (asOf is { } moment)
        {
            var at = sql.Add(moment);
            page += $" AND {IsThere("e", at)} UNION ALL SELECT {Columns("v", "e")} FROM app_entitlement_past AS v JOIN app_entitlement AS e ON e.id = v.entitlement_id "
                + $"WHERE v.entitlement_id = {key} AND v.since <= {at} AND v.until > {at}";
        }

        await foreach (var row in context.RowsAsync(Around(page, sql, asOf), sql.Parameters, cancellationToken))
        {
            return Read(row);
        }

        return null;
    });

    private static string IsThere(string alias, string at) => $"{alias}.since <= {at} AND ({alias}.deleted_at IS NULL OR {alias}.deleted_at > {at})";

    private static string Columns(string v, string e)
        => $"{e}.id AS id, {v}.sort_name AS sort_name, {e}.app_id AS app_id, {e}.connector_id AS connector_id, {v}.resource_id AS resource_id, "
            + $"{e}.external_id AS external_id, {v}.display_name AS display_name, {v}.slug AS slug, {v}.description AS description, {v}.purpose AS purpose, "
            + $"{v}.rank AS rank, {v}.is_privileged AS is_privileged, {v}.exclusion_group AS exclusion_group, {v}.grantable_to AS grantable_to, "
            + $"{v}.is_placeholder AS is_placeholder, {e}.begun_at AS begun_at, {v}.since AS since, {e}.deleted_at AS deleted_at";

    private static NamedList<EntitlementRow>.Arm Arm(ListSql sql, EntitlementFilter filter, string v, string e, Moment? asOf)
    {
        var isCurrent = v == e;
        var at = asOf is { } moment ? sql.Add(moment) : null;
        List<string> conditions =
        [
            $"{v}.app_id = {sql.Add(filter.AppId)}",
            at is null ? $"{e}.deleted_at IS NULL" : isCurrent ? IsThere(e, at) : $"{v}.since <= {at} AND {v}.until > {at}",
        ];
        if (filter.Text is { } text)
        {
            conditions.Add(sql.Text(v, text));
        }

        if (filter.ResourceId is { } resource)
        {
            conditions.Add($"{v}.resource_id = {sql.Add(resource)}");
        }

        if (filter.TypeId is { } type)
        {
            conditions.Add($"{v}.resource_id IN (SELECT id FROM app_resource WHERE type_id = {sql.Add(type)})");
        }

        if (filter.IsPrivileged is { } isPrivileged)
        {
            conditions.Add($"{v}.is_privileged = {sql.Add(isPrivileged)}");
        }

        var from = isCurrent ? $"app_entitlement AS {e}" : $"app_entitlement_past AS {v} JOIN app_entitlement AS {e} ON {e}.id = {v}.entitlement_id";
        var id = isCurrent ? $"{e}.id" : $"{v}.entitlement_id";
        return new($"SELECT {Columns(v, e)} FROM {from} WHERE {string.Join(" AND ", conditions)} {{beyond}}", $"{v}.sort_name", id);
    }

    private static string Around(string page, ListSql sql, Moment? asOf)
    {
        var holders = "(SELECT count(*) FROM grant_now AS g WHERE g.entitlement_id = page.id)";
        var (name, past) = ("r.display_name", "");
        if (asOf is { } moment)
        {
            var at = sql.Add(moment);
            holders = $"(SELECT count(*) FROM grant_now AS g WHERE g.entitlement_id = page.id AND g.since <= {at}) "
                + $"+ (SELECT count(*) FROM grant_past AS g WHERE g.entitlement_id = page.id AND g.since <= {at} AND g.until > {at})";
            (name, past) = ("coalesce(rv.display_name, r.display_name)", $" LEFT JOIN app_resource_past AS rv ON rv.resource_id = r.id AND rv.since <= {at} AND rv.until > {at}");
        }

        return "SELECT page.id, page.sort_name, page.app_id, page.connector_id, page.resource_id, page.external_id, page.display_name, page.slug, page.description, "
            + "page.purpose, page.rank, page.is_privileged, page.exclusion_group, page.grantable_to, page.is_placeholder, page.begun_at, page.since, page.deleted_at, "
            + $"{name}, t.id, t.external_id, t.display_name, t.stale_since IS NOT NULL, {holders} FROM ({page}) AS page "
            + $"JOIN app_resource AS r ON r.id = page.resource_id JOIN app_resource_type AS t ON t.id = r.type_id{past}";
    }

    private static EntitlementRow Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        SortName = row.GetString(1),
        AppId = row.GetInt64(2),
        ConnectorId = row.GetInt64(3),
        ResourceId = row.GetInt64(4),
        ExternalId = row.GetString(5),
        DisplayName = row.GetString(6),
        Slug = row.GetString(7),
        Description = row.GetString(8),
        Purpose = row.GetString(9),
        Rank = row.GetInt32(10),
        IsPrivileged = row.GetBoolean(11),
        ExclusionGroup = row.GetString(12),
        GrantableTo = row.GetString(13),
        IsPlaceholder = row.GetBoolean(14),
        BegunAt = row.Moment(15),
        Since = row.Moment(16),
        DeletedAt = row.MomentOrNull(17),
        ResourceName = row.GetString(18),
        TypeId = row.GetInt64(19),
        Type = row.GetString(20),
        TypeName = row.GetString(21),
        IsStale = row.GetBoolean(22),
        Holders = row.GetInt64(23),
    };
}
