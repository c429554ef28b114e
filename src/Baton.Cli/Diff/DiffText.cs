using Baton.Cli.Output;

namespace Baton.Cli.Diff;

/// <summary>The changes for people, a line each.</summary>
internal static class DiffText
{
    private static readonly Column<Change>[] LineColumns =
    [
        new("Change", Verb) { Tones = OfVerb },
        new("Account", Who),
        new("Resource", change => change.Principal is null ? "" : change.Resource?.Name ?? ""),
        new("What", What),
        new("Note", Note) { Tones = note => note.Length > 0 ? Tone.Notable : Tone.Plain },
    ];

    private static readonly Column<Change>[] SheetColumns =
    [
        new("Change", change => change.Kind.Name()),
        new("Principal ID", change => change.Principal?.Reference ?? ""),
        new("Principal", change => change.Principal?.Name ?? ""),
        new("Email", change => change.Principal?.Email ?? ""),
        new("Resource ID", change => change.Resource?.Reference ?? ""),
        new("Resource", change => change.Resource?.Name ?? ""),
        new("Before", change => Fields(change.Before)),
        new("After", change => Fields(change.After)),
        new("Flags", change => string.Join(' ', change.Flags)),
    ];

    public static void Write(DiffResult result, ProgramHost host)
    {
        var output = host.Output;
        output.Write($"Changes from {When(result.From)} to {When(result.To)}\n");
        var (granted, removed) = (result.Count(ChangeKind.GrantAdded), result.Count(ChangeKind.GrantRemoved));
        output.Write($"Accounts      +{result.Count(ChangeKind.AccountAdded)} added  -{result.Count(ChangeKind.AccountRemoved)} removed  "
            + $"{result.Count(ChangeKind.AccountDisabled)} disabled  {result.Count(ChangeKind.AccountEnabled)} enabled  "
            + $"{result.Count(ChangeKind.AccountRenamed)} renamed  {result.Count(ChangeKind.AccountChanged)} otherwise changed\n");
        output.Write($"Access        +{granted} granted  -{removed} removed  {result.Count(ChangeKind.RoleChanged)} role changed  "
            + $"{result.Count(ChangeKind.GrantChanged)} otherwise changed\n");
        output.Write($"Resources     +{result.Count(ChangeKind.ResourceAdded)} added  -{result.Count(ChangeKind.ResourceRemoved)} removed  "
            + $"{result.Count(ChangeKind.ResourceChanged)} changed\n");
        output.Write($"Entitlements  +{result.Count(ChangeKind.EntitlementAdded)} added  -{result.Count(ChangeKind.EntitlementRemoved)} removed  "
            + $"{result.Count(ChangeKind.EntitlementChanged)} changed\n");
        if (result.Changes.Total > 0)
        {
            var table = new TableWriter<Change>(output, LineColumns, host.Terminal, hasHeader: false);
            Write(result, table.Write, table.End);
        }
    }

    public static void WriteSheet(DiffResult result, ListFormat format, ProgramHost host)
    {
        var columns = format.Choose(SheetColumns);
        if (format.Format == OutputFormat.Markdown)
        {
            var table = new MarkdownTable(host.Output, [.. columns.Select(column => column.Title)]);
            Write(result, change => table.Row([.. columns.Select(column => column.Text(change))]), () => { });
            return;
        }

        var csv = new CsvWriter(host.Output, CsvDialect.Default with { Separator = format.Format == OutputFormat.Tsv ? '\t' : ',' });
        csv.Row([.. columns.Select(column => column.Name)]);
        Write(result, change => csv.Row([.. columns.Select(column => column.Text(change))]), () => { });
    }

    private static void Write(DiffResult result, Action<Change> write, Action end)
    {
        foreach (var change in result.Changes.Sorted())
        {
            write(change);
        }

        end();
    }

    private static string When(DiffSource source) => $"{(source.Run.EndedAt ?? source.Run.StartedAt).UtcDateTime:yyyy-MM-dd HH:mm} ({source.Run.Id})";

    private static string Verb(Change change) => change.Kind switch
    {
        ChangeKind.RoleChanged => "ROLE",
        ChangeKind.GrantAdded or ChangeKind.AccountAdded or ChangeKind.ResourceAdded or ChangeKind.EntitlementAdded => "ADD",
        ChangeKind.GrantRemoved or ChangeKind.AccountRemoved or ChangeKind.ResourceRemoved or ChangeKind.EntitlementRemoved => "DEL",
        ChangeKind.AccountDisabled or ChangeKind.AccountEnabled => "STATUS",
        ChangeKind.AccountRenamed => "NAME",
        _ => "CHANGE",
    };

    private static Tone OfVerb(string verb) => verb switch
    {
        "ADD" => Tone.Good,
        "DEL" => Tone.Bad,
        _ => Tone.Notable,
    };

    private static string Who(Change change)
    {
        var party = change.Principal ?? change.Resource;
        return party is null ? "" : party.Email.Length > 0 ? $"{party.Name} <{party.Email}>" : $"{party.Name} ({party.Reference})";
    }

    public static string What(Change change) => change.Kind switch
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

    public static string Note(Change change)
        => change.GrantsLeft is > 0 and var left ? $"still has {left} grant{(left == 1 ? "" : "s")}" : string.Join(", ", change.Flags.Select(flag => flag.Replace('_', ' ')));

    private static string Fields(IReadOnlyDictionary<string, string> fields)
        => string.Join("; ", fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
}
