using Baton.Evidence.Access;
using Baton.Evidence.Findings;
using Baton.Evidence.Sheets.Html;

namespace Baton.Evidence.Review.Formats;

/// <summary>The review as one page: for reading, for printing, and for signing on paper. Written while it goes.</summary>
internal sealed class HtmlReview(HtmlText html, ReviewReport report, CancellationToken cancellationToken)
{
    private const int FindingsShown = 100;
    private const int ChangesShown = 2000;

    public static void Write(TextWriter output, ReviewReport report, CancellationToken cancellationToken)
        => new HtmlReview(new HtmlText(output), report, cancellationToken).Write();

    private void Write()
    {
        var title = report.System.Length > 0 ? $"Access review: {report.System}" : "Access review";
        HtmlPage.BeginWithTools(html, title, "Access review");
        html.Raw("<main>\n").Element("h1", title);
        WriteSummary();
        WriteFindings();
        if (report.Changes is not null)
        {
            WriteChanges();
        }

        html.Raw("<h2 id=\"rows\">Access, by resource</h2>\n");
        HtmlPage.Tools(html);
        WriteRows();
        WriteSignOff();
        html.Raw("</main>\n");
        HtmlPage.EndWithTools(html);
    }

    private void WriteSummary()
    {
        foreach (var note in ReportFacts.Notes(report))
        {
            html.Raw("<p class=\"warn\">Note: ").Text(note).Raw("</p>\n");
        }

        html.Raw("<div class=\"two\"><section>\n<h2>Source</h2>\n<table class=\"facts\"><tbody>\n");
        foreach (var (name, value) in ReportFacts.Source(report))
        {
            html.Raw("<tr>").Raw("<th scope=\"row\">").Text(name).Raw("</th><td>").Text(value).Raw("</td></tr>\n");
        }

        html.Raw("</tbody></table>\n</section><section>\n<h2>Control totals</h2>\n<table class=\"facts\"><tbody>\n");
        foreach (var (name, value) in ReportFacts.Totals(report))
        {
            html.Raw("<tr><th scope=\"row\">").Text(name).Raw("</th><td>").Number(value).Raw("</td></tr>\n");
        }

        html.Raw("<tr><th scope=\"row\">Check</th><td>").Text(ReportFacts.SourceCheck(report)).Raw("</td></tr>\n</tbody></table>\n</section></div>\n");
    }

    private void WriteFindings()
    {
        html.Raw("<h2>Findings</h2>\n");
        if (report.Totals.Findings.Count == 0)
        {
            html.Raw("<p>None.</p>\n");
            return;
        }

        html.Raw("<table><colgroup><col style=\"width:10%\"><col style=\"width:22%\"><col style=\"width:8%\"><col></colgroup>\n");
        html.Raw("<thead><tr><th scope=\"col\">Severity</th><th scope=\"col\">Finding</th><th scope=\"col\">Number</th><th scope=\"col\">Meaning</th></tr></thead><tbody>\n");
        foreach (var (entry, severity, count) in report.Totals.Findings)
        {
            html.Raw($"<tr class=\"{SeverityClass(severity)}\"><td class=\"sev\">").Text(FindingCatalog.Name(severity)).Raw("</td><td>").Text(entry.Label);
            html.Raw(" <small>").Text(entry.Name).Raw("</small></td><td class=\"n\">").Number(count).Raw("</td><td>").Text(entry.Rule).Raw("</td></tr>\n");
        }

        html.Raw("</tbody></table>\n");
        foreach (var group in report.Findings().Where(finding => finding.Severity >= Severity.Low).ChunkBy(finding => (finding.Code, finding.Severity)))
        {
            WriteFindingGroup(group);
        }
    }

    private void WriteFindingGroup(IEnumerable<Finding> group)
    {
        var shown = 0;
        foreach (var finding in group)
        {
            if (shown == 0)
            {
                html.Raw("<h3>").Text($"{finding.Entry.Label} ({FindingCatalog.Name(finding.Severity)})").Raw("</h3>\n<table><colgroup><col style=\"width:26%\"><col style=\"width:14%\"><col style=\"width:20%\"><col></colgroup>\n");
                html.Raw("<thead><tr><th scope=\"col\">Subject</th><th scope=\"col\">ID</th><th scope=\"col\">Resource</th><th scope=\"col\">Detail</th></tr></thead><tbody>\n");
            }

            if (shown++ < FindingsShown)
            {
                html.Raw("<tr><th scope=\"row\">").Text(finding.Subject).Raw("</th><td>").Text(finding.SubjectId).Raw("</td><td>");
                html.Text(finding.Target?.Label ?? "").Raw("</td><td>").Text(finding.Detail).Raw("</td></tr>\n");
            }
        }

        html.Raw("</tbody></table>\n");
        if (shown > FindingsShown)
        {
            html.Raw("<p>").Text($"The first {FindingsShown} of {shown}; the workbook lists all, and the rows below carry the mark.").Raw("</p>\n");
        }
    }

    private void WriteChanges()
    {
        html.Raw("<h2>Changes since the earlier file</h2>\n<table><colgroup><col style=\"width:13%\"><col style=\"width:30%\"><col style=\"width:22%\"><col style=\"width:12%\"><col style=\"width:12%\"><col></colgroup>\n");
        html.Raw("<thead><tr><th scope=\"col\">Change</th><th scope=\"col\">Account</th><th scope=\"col\">Resource</th><th scope=\"col\">Before</th><th scope=\"col\">After</th><th scope=\"col\">Note</th></tr></thead><tbody>\n");
        var count = 0;
        foreach (var change in report.AllChanges())
        {
            if (count++ < ChangesShown)
            {
                html.Raw("<tr><td>").Text(change.What).Raw("</td><th scope=\"row\">").Text(change.Account.Name).Raw(" <small>");
                html.Text(change.Account.Email.Length > 0 ? change.Account.Email : change.Account.Reference).Raw("</small></th><td>").Text(change.Target?.Label ?? "");
                html.Raw("</td><td>").Text(change.Before).Raw("</td><td>").Text(change.After).Raw("</td><td>");
                html.Raw(change.IsPrivilegeUp ? "<span class=\"bad\">privilege up</span>" : "").Raw("</td></tr>\n");
            }
        }

        html.Raw("</tbody></table>\n<p>").Text(count > ChangesShown ? $"The first {ChangesShown} of {count}; the workbook lists all." : $"{count} changes.").Raw("</p>\n");
    }

    private void WriteRows()
    {
        AccessTarget? current = null;
        var hasRows = false;
        foreach (var row in report.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.Access.Target != current)
            {
                EndTable(hasRows);
                current = row.Access.Target;
                BeginTable(row);
            }

            hasRows = true;
            HtmlRow.Write(html, row);
        }

        EndTable(hasRows);
        if (!hasRows)
        {
            html.Raw("<p>Nobody holds anything.</p>\n");
        }
    }

    // The name of the resource is part of the header, so that it stands on every printed page.
    private void BeginTable(ReviewRow row)
    {
        var target = row.Access.Target;
        html.Raw("<table class=\"list\">").Raw(HtmlRow.Widths);
        html.Raw($"<thead><tr class=\"group\"><th colspan=\"{HtmlRow.Titles.Count}\" scope=\"colgroup\">").Text($"{target.TypeName}: {target.Name}");
        html.Raw(" <small>").Text(target.Reference);
        if (target.Organization != target.Name)
        {
            html.Raw(", organization ").Text(target.Organization);
        }

        if (row.Reviewer.Length > 0)
        {
            html.Raw(", reviewer ").Text(row.Reviewer);
        }

        html.Raw("</small></th></tr><tr>");
        foreach (var title in HtmlRow.Titles)
        {
            html.Raw("<th scope=\"col\">").Text(title).Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>\n");
    }

    private void EndTable(bool isOpen)
    {
        if (isOpen)
        {
            html.Raw("</tbody></table>\n");
        }
    }

    private void WriteSignOff()
    {
        html.Raw("<section class=\"unsplit\">\n<h2>Sign-off</h2>\n<p>I have reviewed the access listed here. The decisions are mine.</p>\n");
        html.Raw("<table class=\"sign\"><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Date</th><th scope=\"col\">Signature</th></tr></thead>");
        html.Raw("<tbody><tr><td></td><td></td><td></td></tr></tbody></table>\n</section>\n");
    }

    private static string SeverityClass(Severity severity) => severity switch
    {
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "other",
    };
}
