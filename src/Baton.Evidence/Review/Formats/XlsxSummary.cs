using Baton.Evidence.Findings;
using Baton.Evidence.Review.Decisions;
using Baton.Evidence.Sheets.Xlsx;

namespace Baton.Evidence.Review.Formats;

/// <summary>The first sheet of the workbook: where its facts come from, what they add up to, and who signs for the decisions.</summary>
internal sealed class XlsxSummary(ReviewReport report)
{
    public const double NameWidth = 34;
    public const double ValueWidth = 90;

    public static void Write(XlsxWorkbook workbook, ReviewReport report) => new XlsxSummary(report).Write(workbook);

    public static void Pair(XlsxSheet sheet, string name, long value)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Number(value, XlsxStyle.NumberAtLeft);
        sheet.EndRow();
    }

    private void Write(XlsxWorkbook workbook)
    {
        var sheet = workbook.AddSheet(new XlsxLayout
        {
            Name = "Summary",
            Columns = [new("Access review", NameWidth), new("", ValueWidth)],
            HasFilter = false,
        });
        foreach (var (name, value) in ReportFacts.Source(report))
        {
            sheet.Row(name, value);
        }

        sheet.Row();
        Heading(sheet, "Control totals");
        foreach (var (name, value) in ReportFacts.Totals(report))
        {
            Pair(sheet, name, value);
        }

        sheet.Row("Check", ReportFacts.SourceCheck(report));
        sheet.Row();
        Heading(sheet, "Decisions (counted while you fill them in)");
        foreach (var kind in DecisionKinds.Names)
        {
            Counter(sheet, kind, CountOf($"\"{kind}\""));
        }

        Counter(sheet, "without a decision", $"{report.Totals.Rows}-({string.Join('+', DecisionKinds.Names.Select(kind => CountOf($"\"{kind}\"")))})");
        sheet.Row();
        Heading(sheet, "Findings");
        foreach (var (entry, severity, count) in report.Totals.Findings)
        {
            Pair(sheet, $"{FindingCatalog.Name(severity)}: {entry.Name}", count);
        }

        sheet.Row();
        Heading(sheet, "Notes on the data");
        foreach (var note in ReportFacts.Notes(report).DefaultIfEmpty("none"))
        {
            sheet.Row("", note);
        }

        sheet.Row();
        Heading(sheet, "Sign-off");
        sheet.Row("Statement", "I have reviewed the access listed in this workbook. The decisions are mine.");
        sheet.Row("Name", "");
        sheet.Row("Date", "");
    }

    // A sheet that is full goes on in another; which there are is known from the number of rows.
    private string CountOf(string criterion)
    {
        var column = XlsxText.ColumnName(ReviewColumns.IndexOf(ReviewColumns.Decision));
        var parts = 1 + ((Math.Max(1, report.Totals.Rows) - 1) / (XlsxSheet.MostRows - 1));
        return string.Join('+', Enumerable.Range(1, parts).Select(
            part => $"COUNTIF('{XlsxReview.DecisionSheet}{(part == 1 ? "" : $" ({part})")}'!${column}$2:${column}${XlsxSheet.MostRows},{criterion})"));
    }

    private static void Heading(XlsxSheet sheet, string text)
    {
        sheet.BeginRow();
        sheet.Text(text, XlsxStyle.Bold);
        sheet.EndRow();
    }

    private static void Counter(XlsxSheet sheet, string name, string formula)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Formula(formula, XlsxStyle.NumberAtLeft);
        sheet.EndRow();
    }
}
