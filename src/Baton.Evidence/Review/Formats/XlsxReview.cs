using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Evidence.Sheets;
using Baton.Evidence.Sheets.Xlsx;

namespace Baton.Evidence.Review.Formats;

/// <summary>The review as a workbook: the sheet to decide on, and around it what an auditor asks for.</summary>
internal sealed class XlsxReview(ReviewReport report, CancellationToken cancellationToken)
{
    /// <summary>The import looks for the sheet by its columns; people look for it by this name.</summary>
    public const string DecisionSheet = "Review";

    public static void Write(Stream output, ReviewReport report, CancellationToken cancellationToken)
    {
        using var workbook = new XlsxWorkbook(output, new XlsxProperties { Title = $"Access review {report.System}".Trim() });
        new XlsxReview(report, cancellationToken).Write(workbook);
        workbook.Complete();
    }

    private void Write(XlsxWorkbook workbook)
    {
        XlsxSummary.Write(workbook, report);
        WriteReview(workbook);
        WriteAccounts(workbook);
        WritePrivileged(workbook);
        WriteChanges(workbook);
        WriteFindings(workbook);
        WriteNonHuman(workbook);
        WriteRemoved(workbook);
        WriteAbout(workbook);
    }

    private void WriteReview(XlsxWorkbook workbook)
    {
        var last = ReviewColumns.All.Count - 1;
        var status = ReviewColumns.IndexOf(ReviewColumns.Status);
        var privileged = ReviewColumns.IndexOf(ReviewColumns.Privileged);
        var flags = ReviewColumns.IndexOf(ReviewColumns.Flags);
        var since = ReviewColumns.IndexOf(ReviewColumns.Since);
        var decision = ReviewColumns.IndexOf(ReviewColumns.Decision);
        var sheet = workbook.AddSheet(new XlsxLayout
        {
            Name = DecisionSheet,
            Columns = XlsxColumn.Of(ReviewColumns.All),
            FrozenColumns = 4,

            // What follows is for the import.
            PrintedColumns = ReviewColumns.IndexOf(ReviewColumns.GrantId),
            Highlights =
            [
                new(status, status, $"OR({First(status)}=\"disabled\",{First(status)}=\"deleted\")", XlsxColour.Red),
                new(privileged, privileged, $"{First(privileged)}=\"yes\"", XlsxColour.Amber),
                new(flags, flags, $"OR(ISNUMBER(SEARCH(\"DORMANT\",{First(flags)})),ISNUMBER(SEARCH(\"NEVER_SEEN\",{First(flags)})))", XlsxColour.Amber),
                new(since, since, $"OR({First(since)}=\"new\",LEFT({First(since)},4)=\"role\")", XlsxColour.Blue),
                new(decision, decision, $"{First(decision)}=\"revoke\"", XlsxColour.Red),
                new(0, last, $"{First(decision)}=\"keep\"", XlsxColour.Green),
            ],
        });
        WriteRows(sheet, ReviewColumns.All, report.Rows());
    }

    private void WriteAccounts(XlsxWorkbook workbook)
    {
        var sheet = workbook.AddSheet(new XlsxLayout { Name = "Accounts", Columns = XlsxColumn.Of(AccountColumns.All), FrozenColumns = 1 });
        foreach (var account in report.Accounts())
        {
            cancellationToken.ThrowIfCancellationRequested();
            sheet.Row(AccountColumns.All, new(report, account));
        }
    }

    // Without the columns for decisions: what is decided twice is decided in two ways.
    private void WritePrivileged(XlsxWorkbook workbook)
    {
        string[] names =
        [
            "account_name", "login", "email", ReviewColumns.AccountId, "account_type", ReviewColumns.Status, "last_seen", "resource",
            ReviewColumns.ResourceId, ReviewColumns.Role, "how", ReviewColumns.Since, ReviewColumns.Flags, "reviewer", ReviewColumns.RowId,
        ];
        var columns = names.Select(name => ReviewColumns.All[ReviewColumns.IndexOf(name)]).ToList();
        var sheet = workbook.AddSheet(new XlsxLayout { Name = "Privileged", Columns = XlsxColumn.Of(columns), FrozenColumns = 1 });
        WriteRows(sheet, columns, report.Rows().Where(row => row.Access.IsPrivileged));
    }

    private void WriteRows(XlsxSheet sheet, IReadOnlyList<Column<ReviewRow>> columns, IEnumerable<ReviewRow> rows)
    {
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sheet.Row(columns, row);
        }
    }

    private void WriteChanges(XlsxWorkbook workbook)
    {
        var sheet = Table(workbook, "Changes", ("change", 18), ("account_name", 24), ("email", 28), ("account_id", 16), ("resource", 24), ("resource_id", 16), ("before", 18), ("after", 18), ("note", 24));
        if (report.Changes is null)
        {
            sheet.Row("No earlier file was given (--since).");
        }

        foreach (var change in report.AllChanges())
        {
            cancellationToken.ThrowIfCancellationRequested();
            sheet.Row(
                change.What, change.Account.Name, change.Account.Email, change.Account.Reference, change.Target?.Label,
                change.Target?.Reference, change.Before, change.After, change.IsPrivilegeUp ? "PRIVILEGE UP" : "");
        }
    }

    private void WriteFindings(XlsxWorkbook workbook)
    {
        var sheet = Table(workbook, "Findings", ("severity", 12), ("code", 26), ("subject", 28), ("subject_id", 18), ("resource", 24), ("resource_id", 16), ("detail", 60));
        foreach (var finding in report.Findings())
        {
            cancellationToken.ThrowIfCancellationRequested();
            sheet.Row(
                FindingCatalog.Name(finding.Severity), finding.Entry.Name, finding.Subject, finding.SubjectId, finding.Target?.Label,
                finding.Target?.Reference, finding.Detail);
        }
    }

    private void WriteNonHuman(XlsxWorkbook workbook)
    {
        var sheet = Table(workbook, "Non-human", ("kind", 16), ("name", 28), ("id", 22), ("owner", 22), ("created", 12), ("expires", 14), ("last_used", 14), ("highest_role", 18), ("status", 12), ("flags", 40));
        foreach (var account in report.Accounts().Where(account => account.Kind is AccountKind.Service or AccountKind.System))
        {
            sheet.BeginRow();
            Cells(sheet, $"{Words.Of(account.Kind)} account", account.Name, account.Reference, "", account.Created, "", ReviewColumns.LastSeenOf(account), account.HighestRole?.Name, Words.Of(account.Status), Words.Flags(account.Flags));
            sheet.EndRow();
        }

        foreach (var secret in report.Book.Secrets)
        {
            sheet.BeginRow();
            Cells(
                sheet, secret.TypeId, secret.Name, $"{secret.TypeId}:{secret.Id}", secret.Owner, secret.Created,
                secret.Expires is { } end ? (DateTimeOffset?)end : "never", secret.LastUsed is { } used ? (DateTimeOffset?)used : Words.NotProvided, "",
                secret.Status == AccountStatus.Unknown ? "" : Words.Of(secret.Status),
                Words.Flags(secret.Flags(report.Book.AsOf, report.Book.Options.DormantDays)));
            sheet.EndRow();
        }
    }

    private void WriteRemoved(XlsxWorkbook workbook)
    {
        var sheet = Table(workbook, "Removed", ("row_id", 20), ("account_name", 24), ("email", 28), ("account_id", 16), ("resource", 24), ("resource_id", 16), ("role", 16), ("previous_decision", 32), ("grant_id", 32));
        if (report.Changes is null)
        {
            sheet.Row("No earlier file was given (--since).");
        }

        foreach (var row in report.Removed())
        {
            cancellationToken.ThrowIfCancellationRequested();
            sheet.Row(
                row.Id.ToString(), row.Account.Name, row.Account.Email, row.Account.Reference, row.Target.Label, row.Target.Reference,
                row.Role.Name, report.PastDecisions?.Find(row.Id)?.Text, row.GrantId);
        }
    }

    private void WriteAbout(XlsxWorkbook workbook)
    {
        var sheet = workbook.AddSheet(new XlsxLayout { Name = "About", Columns = [new("Name", XlsxSummary.NameWidth), new("Meaning", XlsxSummary.ValueWidth)], HasFilter = false });
        foreach (var column in ReviewColumns.All)
        {
            sheet.Row(column.Name, column.Meaning);
        }

        sheet.Row();
        foreach (var entry in FindingCatalog.All)
        {
            sheet.Row($"{entry.Name} ({FindingCatalog.Name(entry.Severity)})", entry.Rule);
        }

        sheet.Row();
        XlsxSummary.Pair(sheet, "Dormant after days", report.Book.Options.DormantDays);
        XlsxSummary.Pair(sheet, "New for days", report.Book.Options.NewDays);
        sheet.Row("Own domains", report.Book.Options.Domains.Count > 0 ? string.Join(", ", report.Book.Options.Domains) : "not given (--domains)");
    }

    private static XlsxSheet Table(XlsxWorkbook workbook, string name, params (string Title, double Width)[] columns)
        => workbook.AddSheet(new XlsxLayout { Name = name, Columns = [.. columns.Select(column => new XlsxColumn(column.Title, column.Width))] });

    private static string First(int column) => $"${XlsxText.ColumnName(column)}2";

    private static void Cells(XlsxSheet sheet, params ReadOnlySpan<Cell> cells)
    {
        foreach (var cell in cells)
        {
            sheet.Cell(cell);
        }
    }
}
