using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Evidence.Review.Decisions;
using Baton.Evidence.Sheets.Html;

namespace Baton.Evidence.Review.Formats;

/// <summary>One row of the printed review. Related columns share a cell: paper is narrower than a spreadsheet.</summary>
internal static class HtmlRow
{
    private static readonly string Boxes = string.Concat(DecisionKinds.Names.Select(kind => $"<span class=\"k\">\u2610 {kind}</span> "));

    public static IReadOnlyList<string> Titles { get; } =
        ["Account", "Type, status", "Role", "Last seen", "How obtained", "Since last review", "Flags", "Decision", "New role, reason, by, on"];

    /// <summary>What is filled in by hand gets the room for it: on A4 the last column is 36 mm wide.</summary>
    public static string Widths { get; }
        = $"<colgroup>{string.Concat(new[] { 21, 9, 10, 9, 9, 10, 10, 9, 13 }.Select(width => $"<col style=\"width:{width}%\">"))}</colgroup>";

    public static void Write(HtmlText html, ReviewRow row)
    {
        var account = row.Account;
        html.Raw("<tr><th scope=\"row\">").Text(account.Name).Raw("<br><small>");
        if (account.Login.Length > 0 && account.Login != account.Name)
        {
            html.Text(account.Login).Raw(", ");
        }

        html.Text(account.Reference);
        if (account.Email.Length > 0)
        {
            html.Raw("<br>").Text(account.Email);
        }

        html.Raw("<br>").Raw(row.Id.ToString()).Raw("</small></th><td>");
        html.Text(Words.Of(account.Kind)).Raw(account.IsDisabled ? ", <span class=\"bad\">" : ", <span>").Text(Words.Of(account.Status)).Raw("</span></td><td>");
        html.Text(row.Access.Role.Name).Raw(row.Access.IsPrivileged ? "<br><span class=\"bad\">privileged</span>" : "").Raw("</td><td>");
        WriteLastSeen(html, row);
        html.Raw("</td><td>").Text(row.Access.How.Text);
        if (!row.Access.IsRevocable)
        {
            html.Raw("<br><small>revocable: ").Text(row.Revocable).Raw("</small>");
        }

        html.Raw("</td><td>").Text(row.SinceLastReview);
        if (row.PastDecision is { } past)
        {
            html.Raw("<br><small>last time: ").Text(past.Text).Raw("</small>");
        }

        html.Raw("</td><td>");
        WriteFlags(html, row.Flags);
        html.Raw("</td><td>").Raw(Boxes).Raw("</td><td class=\"by-hand\"></td></tr>\n");
    }

    private static void WriteLastSeen(HtmlText html, ReviewRow row)
    {
        html.Text(ReviewColumns.LastSeenOf(row.Account).Text);
        if (row.Account.LastSeen.DaysBefore(row.Report.Book.AsOf) is { } days)
        {
            html.Raw(" <small>").Number(days).Raw(days == 1 ? " day ago</small>" : " days ago</small>");
        }
    }

    private static void WriteFlags(HtmlText html, FindingSet flags)
    {
        var isFirst = true;

        // What the columns beside it say already is left out.
        foreach (var code in flags.Without(FindingCode.LastSeenUnknown).Without(FindingCode.UnknownStatus).Codes())
        {
            html.Raw(isFirst ? "" : ", ").Text(FindingCatalog.Of(code).Label);
            isFirst = false;
        }
    }
}
