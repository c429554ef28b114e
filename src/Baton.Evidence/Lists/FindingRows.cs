using System.Globalization;
using Baton.Evidence.Findings;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Lists;

/// <summary>Findings as a list.</summary>
public static class FindingRows
{
    public static RowKind<Finding> Kind { get; } = new(
        "findings",
        [
            // By how bad it is, so that the other way round has the worst first.
            new("Severity", finding => FindingCatalog.Name(finding.Severity))
            {
                SortText = finding => ((int)finding.Severity).ToString(CultureInfo.InvariantCulture),
                Tones = name => name == FindingCatalog.Name(Severity.High) ? CellTone.Bad : CellTone.Plain,
            },
            new("Code", finding => finding.Entry.Name) { IsWhole = true },
            new("Subject", finding => finding.Subject),
            new("ID", finding => finding.SubjectId),
            new("Resource", finding => finding.Target?.Label ?? ""),
            new("Resource ID", finding => finding.Target?.Reference ?? "") { IsDetail = true },
            new("Detail", finding => finding.Detail),
        ],
        () => new FindingForm())
    {
        Texts = finding => [finding.Subject, finding.SubjectId, finding.Target?.Label ?? "", finding.Target?.Reference ?? "", finding.Detail],
    };
}
