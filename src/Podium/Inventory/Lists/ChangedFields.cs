using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>What was another about an account, an entitlement or a resource: the version that ended at a moment, held against the one that began then.</summary>
internal static class ChangedFields
{
    private const int LongestValue = 120;

    private static readonly Thing Account = new(
        "app_account",
        "account_id",
        [
            new("display_name", "name"), new("login", "login"), new("email", "e-mail"), new("kind", "kind"), new("status", "status"), new("sign_in", "sign-in"),
            new("has_mfa", "second factor", FieldForm.Flag), new("is_administrator", "administrator", FieldForm.Flag), new("source_created_at", "created", FieldForm.Time),
            new("is_placeholder", "only referred to", FieldForm.Flag), new("profile", "profile", FieldForm.Json),
        ]);

    private static readonly Thing Entitlement = new(
        "app_entitlement",
        "entitlement_id",
        [
            new("display_name", "name"), new("slug", "slug"), new("description", "description"), new("purpose", "purpose"), new("is_privileged", "privileged", FieldForm.Flag),
            new("exclusion_group", "exclusion group"), new("grantable_to", "grantable to"), new("is_placeholder", "only referred to", FieldForm.Flag),
        ]);

    private static readonly Thing Resource = new(
        "app_resource",
        "resource_id",
        [
            new("display_name", "name"), new("description", "description"), new("secret_owner", "owner"), new("secret_created_at", "created", FieldForm.Time),
            new("secret_expires_at", "expires", FieldForm.Time), new("is_placeholder", "only referred to", FieldForm.Flag), new("profile", "profile", FieldForm.Json),
        ]);

    /// <summary>The rows, those that changed with what it was.</summary>
    public static async Task<List<ChangeRow>> AddAsync(PodiumContext context, List<ChangeRow> rows, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<(InventoryChangeKind, long, Moment), IReadOnlyList<ChangedField>>();
        foreach (var group in rows.Where(row => ThingOf(row.Kind) is not null).GroupBy(row => row.Kind))
        {
            var keys = group.Select(row => (Id: IdOf(row), row.At)).Distinct().ToList();
            foreach (var ((id, at), changed) in await ReadAsync(context, ThingOf(group.Key)!, keys, cancellationToken))
            {
                fields[(group.Key, id, at)] = changed;
            }
        }

        return fields.Count == 0 ? rows : rows.ConvertAll(row => fields.TryGetValue((row.Kind, IdOf(row), row.At), out var changed) ? row with { Fields = changed } : row);
    }

    private static Thing? ThingOf(InventoryChangeKind kind) => kind switch
    {
        InventoryChangeKind.AccountChanged => Account,
        InventoryChangeKind.EntitlementChanged => Entitlement,
        InventoryChangeKind.ResourceChanged => Resource,
        _ => null,
    };

    private static long IdOf(ChangeRow row) => (row.Kind switch
    {
        InventoryChangeKind.AccountChanged => row.AccountId,
        InventoryChangeKind.EntitlementChanged => row.EntitlementId,
        _ => row.ResourceId,
    }) ?? 0;

    private static async Task<Dictionary<(long Id, Moment At), IReadOnlyList<ChangedField>>> ReadAsync(
        PodiumContext context, Thing thing, List<(long Id, Moment At)> keys, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", thing.Fields.Select(field => field.Column));
        var before = await VersionsAsync(context, thing, $"SELECT {thing.Key}, until, {columns} FROM {thing.Table}_past WHERE {Any(keys, thing.Key, "until")}", cancellationToken);
        var after = await VersionsAsync(
            context,
            thing,
            $"SELECT {thing.Key}, since, {columns} FROM {thing.Table}_past WHERE {Any(keys, thing.Key, "since")} "
                + $"UNION ALL SELECT id, since, {columns} FROM {thing.Table} WHERE {Any(keys, "id", "since")}",
            cancellationToken);
        return before.Where(version => after.ContainsKey(version.Key))
            .ToDictionary(version => version.Key, version => (IReadOnlyList<ChangedField>)[.. Differences(thing, version.Value, after[version.Key])]);
    }

    // Numbers of ours, so that they can stand in the text.
    private static string Any(List<(long Id, Moment At)> keys, string key, string at)
        => string.Join(" OR ", keys.Select(one => string.Create(CultureInfo.InvariantCulture, $"({key} = {one.Id} AND {at} = {one.At.Microseconds})")));

    private static async Task<Dictionary<(long Id, Moment At), string?[]>> VersionsAsync(PodiumContext context, Thing thing, string sql, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<(long, Moment), string?[]>();
        await foreach (var row in context.RowsAsync(sql, [], cancellationToken))
        {
            versions[(row.GetInt64(0), row.Moment(1))] = [.. thing.Fields.Select((field, index) => TextOf(row, index + 2, field.Form))];
        }

        return versions;
    }

    private static string? TextOf(DbDataReader row, int column, FieldForm form) => row.IsDBNull(column) ? null : form switch
    {
        FieldForm.Flag => row.GetBoolean(column) ? "yes" : "no",
        FieldForm.Time => row.Moment(column).ToString(),
        _ => row.GetString(column),
    };

    private static IEnumerable<ChangedField> Differences(Thing thing, string?[] before, string?[] after)
    {
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] == after[i])
            {
                continue;
            }

            if (thing.Fields[i].Form == FieldForm.Json)
            {
                foreach (var field in Differences(thing.Fields[i].Name, before[i], after[i]))
                {
                    yield return field;
                }
            }
            else
            {
                yield return new(thing.Fields[i].Name, Short(before[i]), Short(after[i]));
            }
        }
    }

    private static IEnumerable<ChangedField> Differences(string name, string? before, string? after)
    {
        using var was = JsonDocument.Parse(before ?? "{}");
        using var isNow = JsonDocument.Parse(after ?? "{}");
        var (old, now) = (Values(was.RootElement), Values(isNow.RootElement));
        return [.. old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => new ChangedField($"{name}: {key}", Short(old.GetValueOrDefault(key)), Short(now.GetValueOrDefault(key))))
            .Where(field => old.GetValueOrDefault(field.Name[(name.Length + 2)..]) != now.GetValueOrDefault(field.Name[(name.Length + 2)..]))];
    }

    private static Dictionary<string, string> Values(JsonElement profile)
        => profile.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText(), StringComparer.Ordinal);

    private static string? Short(string? text) => text is { Length: > LongestValue } ? text[..LongestValue] + "…" : text;

    private sealed record Thing(string Table, string Key, IReadOnlyList<StoredField> Fields);

    private sealed record StoredField(string Column, string Name, FieldForm Form = FieldForm.Text);

    private enum FieldForm
    {
        Text,
        Flag,
        Time,
        Json,
    }
}

/// <summary>One thing that is another now.</summary>
/// <param name="Name">In words; of a profile, <c>profile: </c> and the key.</param>
/// <param name="Before">Null where there was nothing; cut where it is long.</param>
/// <param name="After">As before.</param>
internal sealed record ChangedField(string Name, string? Before, string? After);
