namespace Podium.Inventory.Lists;

/// <summary>Where one kind of change is found.</summary>
/// <param name="At">The column with its moment.</param>
/// <param name="Tie">The column that orders changes of one moment, and the index after <paramref name="At"/>.</param>
/// <param name="Condition">What makes a row one; empty when every row is.</param>
internal sealed record ChangeArm(
    InventoryChangeKind Kind, string Table, string At, string Tie, string Account, string Entitlement, string Resource, string Cause, string Condition = "")
{
    private const string None = "CAST(NULL AS bigint)";

    public static IReadOnlyList<ChangeArm> All { get; } =
    [
        new(InventoryChangeKind.GrantBegun, "grant_now", "since", "id", "account_id", "entitlement_id", None, "cause_id", "since = held_since"),
        new(InventoryChangeKind.GrantBegun, "grant_past", "since", "id", "account_id", "entitlement_id", None, "cause_id", "since = held_since"),
        new(InventoryChangeKind.GrantEnded, "grant_past", "until", "id", "account_id", "entitlement_id", None, "until_cause_id", "NOT is_continued"),
        new(InventoryChangeKind.GrantOriginChanged, "grant_past", "until", "id", "account_id", "entitlement_id", None, "until_cause_id", "is_continued"),
        new(InventoryChangeKind.AccountBegun, "app_account", "begun_at", "id", "id", None, None, "cause_id"),
        new(InventoryChangeKind.AccountChanged, "app_account_past", "until", "account_id", "account_id", None, None, "until_cause_id"),
        new(InventoryChangeKind.AccountEnded, "app_account", "deleted_at", "id", "id", None, None, "deleted_cause_id", "deleted_at IS NOT NULL"),
        .. Of("entitlement", InventoryChangeKind.EntitlementBegun, InventoryChangeKind.EntitlementChanged, InventoryChangeKind.EntitlementEnded, InventoryChangeKind.EntitlementReturned),
        .. Of("resource", InventoryChangeKind.ResourceBegun, InventoryChangeKind.ResourceChanged, InventoryChangeKind.ResourceEnded, InventoryChangeKind.ResourceReturned),
    ];

    /// <summary>Whether it can have rows of what the filter asks for.</summary>
    public bool Knows(ChangeFilter filter)
        => (filter.AccountId is null || Account != None) && (filter.EntitlementId is null || Entitlement != None)
            && (filter.ResourceId is null || Resource != None || Entitlement != None);

    public string Sql(ListSql sql, ChangeFilter filter, PageToken? token, int rows)
    {
        List<string> conditions = [$"app_id = {sql.Add(filter.AppId)}"];
        if (Condition.Length > 0)
        {
            conditions.Add(Condition);
        }

        if (filter.AccountId is { } account)
        {
            conditions.Add($"{Account} = {sql.Add(account)}");
        }

        if (filter.EntitlementId is { } entitlement)
        {
            conditions.Add($"{Entitlement} = {sql.Add(entitlement)}");
        }

        if (filter.ResourceId is { } resource)
        {
            conditions.Add(Resource != None
                ? $"{Resource} = {sql.Add(resource)}"
                : $"{Entitlement} IN (SELECT id FROM app_entitlement WHERE resource_id = {sql.Add(resource)})");
        }

        if (filter.From is { } from)
        {
            conditions.Add($"{At} >= {sql.Add(from)}");
        }

        if (filter.Until is { } until)
        {
            conditions.Add($"{At} < {sql.Add(until)}");
        }

        if (token is not null)
        {
            conditions.Add(Beyond(sql, token));
        }

        var order = token is { IsBackward: true } ? "ASC" : "DESC";
        return $"SELECT * FROM (SELECT {At} AS at, {(int)Kind} AS kind, {Tied} AS tie, {Account} AS account_id, {Entitlement} AS entitlement_id, "
            + $"{Resource} AS resource_id, {CauseSql} AS cause_id FROM {Table} WHERE {string.Join(" AND ", conditions)} "
            + $"ORDER BY {At} {order}, {Tie} {order} LIMIT {rows}) AS {Table}_{(int)Kind}";
    }

    // Both tables number their rows from 1: one gets the even numbers.
    private string Tied => Table switch
    {
        "grant_now" => $"2 * {Tie} + 1",
        "grant_past" => $"2 * {Tie}",
        _ => Tie,
    };

    // A row that has another version was begun by what its first version names.
    private string CauseSql => (Table, At) switch
    {
        ("app_account" or "app_entitlement" or "app_resource", "begun_at") =>
            $"coalesce((SELECT p.cause_id FROM {Table}_past AS p WHERE p.{Table["app_".Length..]}_id = {Table}.id ORDER BY p.since LIMIT 1), {Cause})",
        _ => Cause,
    };

    // The moment, then the kind, then the number of the row; the newest first. Of this arm the kind is fixed.
    private string Beyond(ListSql sql, PageToken token)
    {
        var (strictly, orEqual) = token.IsBackward ? (">", ">=") : ("<", "<=");
        var at = sql.Add(token.Number(0));
        var kind = token.Number(1);
        if ((int)Kind == kind)
        {
            return $"{At} {orEqual} {at} AND ({At} {strictly} {at} OR {Tied} {strictly} {sql.Add(token.Number(2))})";
        }

        return (int)Kind < kind != token.IsBackward ? $"{At} {orEqual} {at}" : $"{At} {strictly} {at}";
    }

    private static ChangeArm[] Of(string thing, InventoryChangeKind begun, InventoryChangeKind changed, InventoryChangeKind ended, InventoryChangeKind returned)
    {
        var (table, past, key) = ($"app_{thing}", $"app_{thing}_past", $"{thing}_id");
        return
        [
            Arm(begun, table, "begun_at", "id", "cause_id", ""),
            Arm(changed, past, "until", key, "until_cause_id", "returned_at IS NULL"),
            Arm(ended, table, "deleted_at", "id", "deleted_cause_id", "deleted_at IS NOT NULL"),
            Arm(ended, past, "until", key, "until_cause_id", "returned_at IS NOT NULL"),
            Arm(returned, past, "returned_at", key, "returned_cause_id", "returned_at IS NOT NULL"),
        ];

        ChangeArm Arm(InventoryChangeKind kind, string from, string at, string id, string cause, string condition)
            => new(kind, from, at, id, None, thing == "entitlement" ? id : None, thing == "resource" ? id : None, cause, condition);
    }
}
