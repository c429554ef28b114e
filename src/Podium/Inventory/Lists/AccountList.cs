using Baton.Evidence.Accounts;
using System.Data.Common;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>The accounts of an app, by name, as they are or were at any moment.</summary>
internal sealed class AccountList(Database database, InventoryCounts counts)
{
    public Task<ListPage<AccountRow>> PageAsync(AccountFilter filter, ListRequest request, CancellationToken cancellationToken)
        => database.ReadAsync(async context =>
        {
            var sql = new ListSql(context);
            var findsParts = filter.Text is null || await AccountSearchIndex.FindsPartsAsync(context, cancellationToken);
            return await new NamedList<AccountRow>
            {
                Context = context,
                Sql = sql,
                Filter = filter,
                IsDescending = filter.Descending,
                Arms = filter.AsOf is { } moment
                    ? [Arm(sql, filter, "a", "a", moment, findsParts), Arm(sql, filter, "v", "a", moment, findsParts)]
                    : [Arm(sql, filter, "a", "a", null, findsParts)],
                Around = page => Around(page, sql, filter.AsOf),
                Read = Read,
                KeyOf = row => (row.SortName, row.Id),
                KnownCount = filter with { AsOf = null, Descending = false } == new AccountFilter { AppId = filter.AppId }
                    ? async () => await counts.OfAppAsync(filter.AppId, filter.AsOf, cancellationToken) is { } known ? new(known.Accounts) : null
                    : null,
            }.PageAsync(request, cancellationToken);
        });

    /// <summary>Null when there is no such account, or was none at the moment. One that ended is found without a moment.</summary>
    public Task<AccountRow?> FindAsync(long id, Moment? asOf, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var sql = new ListSql(context);
        var key = sql.Add(id);
        var current = $"SELECT {Columns("a", "a")} FROM app_account AS a WHERE a.id = {key}";
        var page = current;
        if (asOf is { } moment)
        {
            var at = sql.Add(moment);
            page = $"{current} AND {IsThere("a", at)} UNION ALL SELECT {Columns("v", "a")} FROM app_account_past AS v JOIN app_account AS a ON a.id = v.account_id "
                + $"WHERE v.account_id = {key} AND v.since <= {at} AND v.until > {at}";
        }

        await foreach (var row in context.RowsAsync(Around(page, sql, asOf), sql.Parameters, cancellationToken))
        {
            return Read(row);
        }

        return null;
    });

    private static string IsThere(string alias, string at) => $"{alias}.since <= {at} AND ({alias}.deleted_at IS NULL OR {alias}.deleted_at > {at})";

    private static string Columns(string v, string a)
        => $"{a}.id AS id, {v}.sort_name AS sort_name, {a}.app_id AS app_id, {a}.connector_id AS connector_id, {a}.type_id AS type_id, {a}.external_id AS external_id, "
            + $"{a}.incarnation AS incarnation, {v}.display_name AS display_name, {v}.login AS login, {v}.email AS email, {v}.kind AS kind, {v}.status AS status, "
            + $"{v}.sign_in AS sign_in, {v}.has_mfa AS has_mfa, {v}.is_administrator AS is_administrator, {a}.last_seen_quality AS last_seen_quality, "
            + $"{a}.last_seen_at AS last_seen_at, {v}.source_created_at AS source_created_at, {v}.profile AS profile, {v}.is_placeholder AS is_placeholder, "
            + $"{a}.begun_at AS begun_at, {v}.since AS since, {a}.deleted_at AS deleted_at";

    private static NamedList<AccountRow>.Arm Arm(ListSql sql, AccountFilter filter, string v, string a, Moment? asOf, bool findsParts)
    {
        var isCurrent = v == a;
        var at = asOf is { } moment ? sql.Add(moment) : null;
        List<string> conditions =
        [
            $"{v}.app_id = {sql.Add(filter.AppId)}",
            at is null ? $"{a}.deleted_at IS NULL" : isCurrent ? IsThere(a, at) : $"{v}.since <= {at} AND {v}.until > {at}",
        ];
        if (filter.Text is { } text)
        {
            conditions.Add(sql.AccountText(v, text, isCurrent, findsParts));
        }

        if (filter.Kind is { } kind)
        {
            conditions.Add($"{v}.kind = {sql.Add(kind.ToString())}");
        }
        else if (!filter.IncludesGroups)
        {
            conditions.Add($"{v}.kind <> {sql.Add(nameof(AccountKind.Group))}");
        }

        if (filter.Status is { } status)
        {
            conditions.Add($"{v}.status = {sql.Add(status.ToString())}");
        }

        if (filter.LastSeen is { } quality)
        {
            conditions.Add($"{a}.last_seen_quality = {sql.Add(quality.ToString())}");
        }

        if (filter.IsAdministrator is { } isAdministrator)
        {
            conditions.Add($"{v}.is_administrator = {sql.Add(isAdministrator)}");
        }

        if (filter.EntitlementId is { } entitlement)
        {
            conditions.Add($"{a}.id IN ({Holders($"= {sql.Add(entitlement)}", at)})");
        }

        if (filter.ResourceId is { } resource)
        {
            conditions.Add($"{a}.id IN ({Holders($"IN (SELECT id FROM app_entitlement WHERE resource_id = {sql.Add(resource)})", at)})");
        }

        var from = isCurrent ? $"app_account AS {a}" : $"app_account_past AS {v} JOIN app_account AS {a} ON {a}.id = {v}.account_id";
        var id = isCurrent ? $"{a}.id" : $"{v}.account_id";
        return new($"SELECT {Columns(v, a)} FROM {from} WHERE {string.Join(" AND ", conditions)} {{beyond}}", $"{v}.sort_name", id);
    }

    private static string Holders(string entitlements, string? at) => at is null
        ? $"SELECT account_id FROM grant_now WHERE entitlement_id {entitlements}"
        : $"SELECT account_id FROM grant_now WHERE entitlement_id {entitlements} AND since <= {at} "
            + $"UNION ALL SELECT account_id FROM grant_past WHERE entitlement_id {entitlements} AND since <= {at} AND until > {at}";

    private static string Around(string page, ListSql sql, Moment? asOf)
    {
        var grants = "(SELECT count(*) FROM grant_now AS g WHERE g.account_id = page.id)";
        if (asOf is { } moment)
        {
            var at = sql.Add(moment);
            grants = $"(SELECT count(*) FROM grant_now AS g WHERE g.account_id = page.id AND g.since <= {at}) "
                + $"+ (SELECT count(*) FROM grant_past AS g WHERE g.account_id = page.id AND g.since <= {at} AND g.until > {at})";
        }

        return "SELECT page.id, page.sort_name, page.app_id, page.connector_id, page.type_id, page.external_id, page.incarnation, page.display_name, page.login, "
            + "page.email, page.kind, page.status, page.sign_in, page.has_mfa, page.is_administrator, page.last_seen_quality, page.last_seen_at, "
            + "page.source_created_at, page.profile, page.is_placeholder, page.begun_at, page.since, page.deleted_at, t.external_id, t.display_name, "
            + $"t.stale_since IS NOT NULL, {grants} FROM ({page}) AS page JOIN app_resource_type AS t ON t.id = page.type_id";
    }

    private static AccountRow Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        SortName = row.GetString(1),
        AppId = row.GetInt64(2),
        ConnectorId = row.GetInt64(3),
        TypeId = row.GetInt64(4),
        ExternalId = row.GetString(5),
        Incarnation = row.GetInt32(6),
        DisplayName = row.GetString(7),
        Login = row.GetString(8),
        Email = row.GetString(9),
        Kind = Enum.Parse<AccountKind>(row.GetString(10)),
        Status = Enum.Parse<AccountStatus>(row.GetString(11)),
        SignIn = Enum.Parse<SignInKind>(row.GetString(12)),
        HasMfa = row.BooleanOrNull(13),
        IsAdministrator = row.GetBoolean(14),
        LastSeenQuality = Enum.Parse<LastSeenQuality>(row.GetString(15)),
        LastSeenAt = row.MomentOrNull(16),
        SourceCreatedAt = row.MomentOrNull(17),
        Profile = row.GetString(18),
        IsPlaceholder = row.GetBoolean(19),
        BegunAt = row.Moment(20),
        Since = row.Moment(21),
        DeletedAt = row.MomentOrNull(22),
        Type = row.GetString(23),
        TypeName = row.GetString(24),
        IsStale = row.GetBoolean(25),
        Grants = row.GetInt64(26),
    };
}
