using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets.Html;

namespace Baton.Evidence.Changes;

/// <summary>The changes as one page, to print, to file or to send: in the look of the review, and without a script. Written while it goes.</summary>
public sealed class DiffPage(HtmlText html, DiffResult result, DiffScope scope, CancellationToken cancellationToken)
{
    private const string Title = "Changes of access";

    public static void Write(DiffResult result, DiffScope scope, TextWriter output, DateTimeOffset now, CancellationToken cancellationToken)
        => new DiffPage(new HtmlText(output), result, scope, cancellationToken).Write(now);

    private void Write(DateTimeOffset now)
    {
        var before = FileProvenance.Of(result.From.Path, result.From.Run);
        var after = FileProvenance.Of(result.To.Path, result.To.Run);
        HtmlPage.Begin(html, Title, footer: Title);
        html.Raw("<main>\n").Element("h1", Title);
        html.Raw("<div class=\"two\"><section>\n<h2>Source</h2>\n");
        WriteSources(before, after, now);
        html.Raw("</section><section>\n<h2>Totals</h2>\n");
        WriteTotals();
        html.Raw("</section></div>\n<div id=\"rows\">\n");
        WriteChanges();
        html.Raw("</div>\n</main>\n");
        HtmlPage.End(html);
    }

    private void WriteSources(FileProvenance before, FileProvenance after, DateTimeOffset now)
    {
        html.Raw("<table><colgroup><col style=\"width:18%\"><col><col></colgroup>\n");
        html.Raw("<thead><tr><td></td><th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead><tbody>\n");
        WriteSource("File", before, after, side => $"{side.FileName} ({side.Size} bytes)");
        WriteSource("SHA-256", before, after, side => side.Sha256);
        WriteSource("Sync", before, after, side => $"{side.Run.Id} ({side.Run.TypeName}{(side.Run.IsFinished ? "" : ", unfinished")})");
        WriteSource("Sync ended", before, after, side => side.Run.EndedAt is { } ended ? Words.Time(ended) : "unfinished");
        html.Raw("</tbody></table>\n");

        // What was left out must be said: the page may be all that its reader gets.
        if (scope.Families.Count > 0)
        {
            html.Raw("<p class=\"warn\">Compared are only: ").Text(string.Join(", ", scope.Families)).Raw("</p>\n");
        }

        if (scope.Ignored.Count > 0)
        {
            html.Raw("<p class=\"warn\">Changes left out: ").Text(string.Join(", ", scope.Ignored)).Raw("</p>\n");
        }

        html.Raw("<p><small>").Text($"Made {Words.Time(now)} by baton {FileProvenance.ToolVersion}.").Raw("</small></p>\n");
    }

    private void WriteSource(string name, FileProvenance before, FileProvenance after, Func<FileProvenance, string> tell)
        => html.Raw("<tr><th scope=\"row\">").Text(name).Raw("</th><td>").Text(tell(before)).Raw("</td><td>").Text(tell(after)).Raw("</td></tr>\n");

    private void WriteTotals()
    {
        html.Raw("<table class=\"facts\"><tbody>\n");
        foreach (var kind in Enum.GetValues<ChangeKind>().Where(kind => scope.Includes(kind.Family())))
        {
            html.Raw("<tr><th scope=\"row\">").Text(TitleOf(kind)).Raw("</th><td>").Number(result.Count(kind)).Raw("</td></tr>\n");
        }

        html.Raw("</tbody></table>\n");
    }

    private void WriteChanges()
    {
        if (result.Changes.Total == 0)
        {
            html.Raw("<p>Nothing has changed.</p>\n");
        }

        var family = "";
        foreach (var group in result.Changes.Sorted().ChunkBy(change => (int)change.Kind))
        {
            WriteGroup(group, ref family);
        }
    }

    private void WriteGroup(IEnumerable<SyncChange> group, ref string family)
    {
        ChangeKind? kind = null;
        foreach (var change in group)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (kind is null)
            {
                kind = change.Kind;
                if (family != change.Kind.Family())
                {
                    family = change.Kind.Family();
                    html.Element("h2", family == "grants" ? "Access" : $"{char.ToUpperInvariant(family[0])}{family[1..]}").Raw("\n");
                }

                BeginTable(change.Kind);
            }

            WriteRow(change);
        }

        html.Raw("</tbody></table>\n");
    }

    // What changed is part of the header, so that it stands on every printed page.
    private void BeginTable(ChangeKind kind)
    {
        html.Raw("<table class=\"list\"><colgroup><col style=\"width:30%\"><col style=\"width:25%\"><col style=\"width:30%\"><col></colgroup>\n");
        html.Raw("<thead><tr class=\"group\"><th colspan=\"4\" scope=\"colgroup\">").Text(TitleOf(kind)).Raw(" <small>").Number(result.Count(kind));
        html.Raw("</small></th></tr><tr><th scope=\"col\">Account</th><th scope=\"col\">Resource</th><th scope=\"col\">What</th><th scope=\"col\">Note</th></tr></thead><tbody>\n");
    }

    private void WriteRow(SyncChange change)
    {
        html.Raw("<tr>");
        WriteParty(change.Principal, isHeading: change.Principal is not null);
        WriteParty(change.Resource, isHeading: change.Principal is null);
        html.Raw("<td>").Text(What(change)).Raw("</td><td>").Raw(IsAlarming(change) ? "<span class=\"bad\">" : "<span>").Text(ChangeColumns.Note(change)).Raw("</span></td></tr>\n");
    }

    private void WriteParty(Party? party, bool isHeading)
    {
        html.Raw(isHeading ? "<th scope=\"row\">" : "<td>");
        if (party is not null)
        {
            html.Text(party.Label).Raw("<br><small>");
            if (party.Email.Length > 0)
            {
                html.Text(party.Email).Raw(", ");
            }

            html.Text(party.Reference).Raw("</small>");
        }

        html.Raw(isHeading ? "</th>" : "</td>");
    }

    // Where the table's title says it all, what is known of the account.
    private static string What(SyncChange change) => change.Kind switch
    {
        ChangeKind.AccountAdded or ChangeKind.ResourceAdded => change.After.GetValueOrDefault("status", ""),
        ChangeKind.AccountRemoved or ChangeKind.ResourceRemoved => change.Before.GetValueOrDefault("status", ""),
        ChangeKind.EntitlementAdded => change.After["slug"],
        ChangeKind.EntitlementRemoved => change.Before["slug"],
        _ => ChangeColumns.What(change),
    };

    private static bool IsAlarming(SyncChange change)
        => change.GrantsLeft > 0 || change.Flags.Contains("PRIVILEGE_UP", StringComparer.Ordinal) || change.Flags.Contains("PRIVILEGED", StringComparer.Ordinal);

    private static string TitleOf(ChangeKind kind) => kind switch
    {
        ChangeKind.RoleChanged => "Role changed",
        ChangeKind.GrantAdded => "Access granted",
        ChangeKind.GrantRemoved => "Access removed",
        ChangeKind.GrantChanged => "Access otherwise changed",
        ChangeKind.AccountDisabled => "Account disabled",
        ChangeKind.AccountEnabled => "Account enabled",
        ChangeKind.AccountAdded => "Account added",
        ChangeKind.AccountRemoved => "Account removed",
        ChangeKind.AccountRenamed => "Account renamed",
        ChangeKind.AccountChanged => "Account otherwise changed",
        ChangeKind.ResourceAdded => "Resource added",
        ChangeKind.ResourceRemoved => "Resource removed",
        ChangeKind.ResourceChanged => "Resource changed",
        ChangeKind.EntitlementAdded => "Entitlement added",
        ChangeKind.EntitlementRemoved => "Entitlement removed",
        _ => "Entitlement changed",
    };
}
