using System.Data.Common;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>The resources of an app, by name, as they are or were at any moment.</summary>
internal sealed class ResourceList(Database database, InventoryCounts counts)
{
    public Task<ListPage<ResourceRow>> PageAsync(ResourceFilter filter, ListRequest request, CancellationToken cancellationToken)
        => database.ReadAsync(context =>
        {
            var sql = new ListSql(context);
            return new NamedList<ResourceRow>
            {
                Context = context,
                Sql = sql,
                Filter = filter,
                IsDescending = filter.Descending,
                Arms = filter.AsOf is { } moment ? [Arm(sql, filter, "r", "r", moment), Arm(sql, filter, "v", "r", moment)] : [Arm(sql, filter, "r", "r", null)],
                Around = page => Around(page, sql, filter.AsOf),
                Read = Read,
                KeyOf = row => (row.SortName, row.Id),
                KnownCount = filter with { AsOf = null, Descending = false } == new ResourceFilter { AppId = filter.AppId }
                    ? async () => await counts.OfAppAsync(filter.AppId, filter.AsOf, cancellationToken) is { } known ? new(known.Resources) : null
                    : null,
            }.PageAsync(request, cancellationToken);
        });

    /// <summary>Null when there is no such resource, or was none at the moment. One that ended is found without a moment.</summary>
    public Task<ResourceRow?> FindAsync(long id, Moment? asOf, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var sql = new ListSql(context);
        var key = sql.Add(id);
        var page = $"SELECT {Columns("r", "r")} FROM app_resource AS r WHERE r.id = {key}";
        if (asOf is { } moment)
        {
            var at = sql.Add(moment);
            page += $" AND {IsThere("r", at)} UNION ALL SELECT {Columns("v", "r")} FROM app_resource_past AS v JOIN app_resource AS r ON r.id = v.resource_id "
                + $"WHERE v.resource_id = {key} AND v.since <= {at} AND v.until > {at}";
        }

        await foreach (var row in context.RowsAsync(Around(page, sql, asOf), sql.Parameters, cancellationToken))
        {
            return Read(row);
        }

        return null;
    });

    private static string IsThere(string alias, string at) => $"{alias}.since <= {at} AND ({alias}.deleted_at IS NULL OR {alias}.deleted_at > {at})";

    private static string Columns(string v, string r)
        => $"{r}.id AS id, {v}.sort_name AS sort_name, {r}.app_id AS app_id, {r}.connector_id AS connector_id, {r}.type_id AS type_id, {r}.external_id AS external_id, "
            + $"{v}.parent_id AS parent_id, {v}.display_name AS display_name, {v}.description AS description, {v}.profile AS profile, "
            + $"{v}.is_placeholder AS is_placeholder, {v}.secret_owner AS secret_owner, {v}.secret_created_at AS secret_created_at, "
            + $"{v}.secret_expires_at AS secret_expires_at, {r}.secret_last_used_at AS secret_last_used_at, {r}.begun_at AS begun_at, {v}.since AS since, "
            + $"{r}.deleted_at AS deleted_at";

    private static NamedList<ResourceRow>.Arm Arm(ListSql sql, ResourceFilter filter, string v, string r, Moment? asOf)
    {
        var isCurrent = v == r;
        var at = asOf is { } moment ? sql.Add(moment) : null;
        List<string> conditions =
        [
            $"{v}.app_id = {sql.Add(filter.AppId)}",
            at is null ? $"{r}.deleted_at IS NULL" : isCurrent ? IsThere(r, at) : $"{v}.since <= {at} AND {v}.until > {at}",
        ];
        if (filter.Text is { } text)
        {
            conditions.Add(sql.Text(v, text));
        }

        if (filter.TypeId is { } type)
        {
            conditions.Add($"{r}.type_id = {sql.Add(type)}");
        }

        if (filter.ParentId is { } parent)
        {
            conditions.Add($"{v}.parent_id = {sql.Add(parent)}");
        }

        var from = isCurrent ? $"app_resource AS {r}" : $"app_resource_past AS {v} JOIN app_resource AS {r} ON {r}.id = {v}.resource_id";
        var id = isCurrent ? $"{r}.id" : $"{v}.resource_id";
        return new($"SELECT {Columns(v, r)} FROM {from} WHERE {string.Join(" AND ", conditions)} {{beyond}}", $"{v}.sort_name", id);
    }

    private static string Around(string page, ListSql sql, Moment? asOf)
    {
        var entitlements = "SELECT count(*) FROM app_entitlement AS e WHERE e.resource_id = page.id AND ";
        var (name, past) = ("parent.display_name", "");
        if (asOf is { } moment)
        {
            var at = sql.Add(moment);
            // An entitlement that was on another resource then is rare, and counted where it is now.
            entitlements += $"e.begun_at <= {at} AND (e.deleted_at IS NULL OR e.deleted_at > {at})";
            (name, past) = ("coalesce(pv.display_name, parent.display_name)", $" LEFT JOIN app_resource_past AS pv ON pv.resource_id = parent.id AND pv.since <= {at} AND pv.until > {at}");
        }
        else
        {
            entitlements += "e.deleted_at IS NULL";
        }

        return "SELECT page.id, page.sort_name, page.app_id, page.connector_id, page.type_id, page.external_id, page.parent_id, page.display_name, page.description, "
            + "page.profile, page.is_placeholder, page.secret_owner, page.secret_created_at, page.secret_expires_at, page.secret_last_used_at, page.begun_at, "
            + $"page.since, page.deleted_at, {name}, t.external_id, t.display_name, t.stale_since IS NOT NULL, ({entitlements}) FROM ({page}) AS page "
            + $"JOIN app_resource_type AS t ON t.id = page.type_id LEFT JOIN app_resource AS parent ON parent.id = page.parent_id{past}";
    }

    private static ResourceRow Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        SortName = row.GetString(1),
        AppId = row.GetInt64(2),
        ConnectorId = row.GetInt64(3),
        TypeId = row.GetInt64(4),
        ExternalId = row.GetString(5),
        ParentId = row.Int64OrNull(6),
        DisplayName = row.GetString(7),
        Description = row.GetString(8),
        Profile = row.GetString(9),
        IsPlaceholder = row.GetBoolean(10),
        SecretOwner = row.StringOrNull(11),
        SecretCreatedAt = row.MomentOrNull(12),
        SecretExpiresAt = row.MomentOrNull(13),
        SecretLastUsedAt = row.MomentOrNull(14),
        BegunAt = row.Moment(15),
        Since = row.Moment(16),
        DeletedAt = row.MomentOrNull(17),
        ParentName = row.StringOrNull(18),
        Type = row.GetString(19),
        TypeName = row.GetString(20),
        IsStale = row.GetBoolean(21),
        Entitlements = row.GetInt64(22),
    };
}
