using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review.Formats;

/// <summary>The sheet that reviewers decide on, as comma-separated values.</summary>
internal static class CsvReview
{
    public static void Write(TextWriter output, ReviewReport report, CsvChoices choices, CancellationToken cancellationToken)
    {
        if (choices.HasByteOrderMark)
        {
            output.Write('\uFEFF');
        }

        var csv = new CsvWriter(output, new CsvDialect { NewLine = "\r\n", KeepFormulas = choices.KeepFormulas });
        csv.Header(ReviewColumns.All);
        foreach (var row in report.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            csv.Row(ReviewColumns.All, row);
        }
    }
}

/// <param name="HasByteOrderMark">Excel takes a file without one for text of the machine's own code page.</param>
/// <param name="KeepFormulas">Leaves what a spreadsheet would calculate as it is.</param>
public sealed record CsvChoices(bool HasByteOrderMark, bool KeepFormulas);
