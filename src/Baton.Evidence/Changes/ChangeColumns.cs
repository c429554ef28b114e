using Baton.Evidence.Sheets;

namespace Baton.Evidence.Changes;

/// <summary>Changes as rows: a line each for people, or all that is known for a program.</summary>
public static class ChangeColumns
{
    public static IReadOnlyList<Column<SyncChange>> OfLines { get; } =
    [
        new("Change", change => Verb(change)) { Tones = OfVerb },
        new("Account", change => Who(change)),
        new("Resource", change => change.Principal is null ? "" : change.Resource?.Label ?? ""),
        new("What", change => What(change)),
        new("Note", change => Note(change)) { Tones = note => note.Length > 0 ? CellTone.Notable : CellTone.Plain },
    ];

    public static RowKind<SyncChange> Kind { get; } = new(
        "changes",
        [
            new("Change", change => change.Kind.Name()),
            new("Principal ID", change => change.Principal?.Reference ?? ""),
            new("Principal", change => change.Principal?.Name ?? ""),
            new("Email", change => change.Principal?.Email ?? ""),
            new("Resource ID", change => change.Resource?.Reference ?? ""),
            new("Resource", change => change.Resource?.Label ?? ""),
            new("Before", change => Fields(change.Before)),
            new("After", change => Fields(change.After)),
            new("Flags", change => string.Join(' ', change.Flags)),
        ],
        () => new HeldForm<SyncChange>(DiffJson.Write));

    private static string Verb(SyncChange change) => change.Kind switch
    {
        ChangeKind.RoleChanged => "ROLE",
        ChangeKind.GrantAdded or ChangeKind.AccountAdded or ChangeKind.ResourceAdded or ChangeKind.EntitlementAdded => "ADD",
        ChangeKind.GrantRemoved or ChangeKind.AccountRemoved or ChangeKind.ResourceRemoved or ChangeKind.EntitlementRemoved => "DEL",
        ChangeKind.AccountDisabled or ChangeKind.AccountEnabled => "STATUS",
        ChangeKind.AccountRenamed => "NAME",
        _ => "CHANGE",
    };

    private static CellTone OfVerb(string verb) => verb switch
    {
        "ADD" => CellTone.Good,
        "DEL" => CellTone.Bad,
        _ => CellTone.Notable,
    };

    private static string Who(SyncChange change)
    {
        var party = change.Principal ?? change.Resource;
        return party is null ? "" : party.Email.Length > 0 ? $"{party.Label} <{party.Email}>" : party.Label.EndsWith($"({party.Reference})", StringComparison.Ordinal) ? party.Label : $"{party.Label} ({party.Reference})";
    }

    internal static string What(SyncChange change) => change.Kind switch
    {
        ChangeKind.RoleChanged => $"{change.Before["slug"]} -> {change.After["slug"]}",
        ChangeKind.GrantAdded => change.After["slug"],
        ChangeKind.GrantRemoved => change.Before["slug"],
        ChangeKind.EntitlementAdded => $"entitlement {change.After["slug"]}",
        ChangeKind.EntitlementRemoved => $"entitlement {change.Before["slug"]}",
        ChangeKind.AccountAdded or ChangeKind.AccountRemoved => "account",
        ChangeKind.ResourceAdded or ChangeKind.ResourceRemoved => change.Resource?.Type ?? "",
        ChangeKind.AccountDisabled or ChangeKind.AccountEnabled => $"{change.Before["status"]} -> {change.After["status"]}",
        _ => string.Join("; ", change.Before.Keys.Union(change.After.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(field => (field, Old: change.Before.GetValueOrDefault(field), Now: change.After.GetValueOrDefault(field)))
            .Select(field => field.Old == field.Now ? field.Now : $"{field.field}: {field.Old ?? "(none)"} -> {field.Now ?? "(none)"}")),
    };

    internal static string Note(SyncChange change)
        => change.GrantsLeft is > 0 and var left ? $"still has {left} grant{(left == 1 ? "" : "s")}" : string.Join(", ", change.Flags.Select(flag => flag.Replace('_', ' ')));

    private static string Fields(IReadOnlyDictionary<string, string> fields)
        => string.Join("; ", fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
}
