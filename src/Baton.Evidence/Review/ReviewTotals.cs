using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;

namespace Baton.Evidence.Review;

/// <summary>The control totals of a review.</summary>
public sealed class ReviewTotals
{
    private readonly SortedDictionary<string, int> _accountsByStatus = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _accountsByKind = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _accountsByLastSeen = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _rowsByRole = new(StringComparer.Ordinal);

    private ReviewTotals()
    {
    }

    public int Rows { get; private set; }

    /// <summary>Grants that the scope leaves out.</summary>
    public int RowsOutOfScope { get; private set; }

    public int Privileged { get; private set; }

    public int Direct { get; private set; }

    public int Inherited { get; private set; }

    public int DirectAndInherited { get; private set; }

    public int Accounts { get; private set; }

    public int AccountsWithoutAccess { get; private set; }

    public int Targets { get; private set; }

    /// <summary>Of rows; null without an earlier file.</summary>
    public int? New { get; private set; }

    public int? Removed { get; private set; }

    public IReadOnlyDictionary<string, int> AccountsByStatus => _accountsByStatus;

    public IReadOnlyDictionary<string, int> AccountsByKind => _accountsByKind;

    public IReadOnlyDictionary<string, int> AccountsByLastSeen => _accountsByLastSeen;

    public IReadOnlyDictionary<string, int> RowsByRole => _rowsByRole;

    /// <summary>In the order of the findings.</summary>
    public IReadOnlyList<(FindingEntry Entry, Severity Severity, int Count)> Findings { get; private set; } = [];

    public Severity? WorstFinding => Findings.Count == 0 ? null : Findings.Max(finding => finding.Severity);

    public int CountOf(Severity severity) => Findings.Where(finding => finding.Severity == severity).Sum(finding => finding.Count);

    internal static ReviewTotals Of(ReviewReport report)
    {
        var totals = new ReviewTotals();
        totals.Count(report);
        return totals;
    }

    private void Count(ReviewReport report)
    {
        var accounts = new HashSet<Principal>();
        var targets = new HashSet<AccessTarget>();
        foreach (var row in report.Rows())
        {
            Rows++;
            Privileged += row.Access.IsPrivileged ? 1 : 0;
            Inherited += row.Access.How.IsDirect ? 0 : 1;
            DirectAndInherited += row.Access.How is { IsDirect: true, IsInherited: true } ? 1 : 0;
            Add(_rowsByRole, row.Access.Role.Name);
            targets.Add(row.Access.Target);
        }

        RowsOutOfScope = report.Book.Rows.Count - Rows;
        Direct = Rows - Inherited - DirectAndInherited;
        Targets = targets.Count;
        foreach (var account in report.Accounts())
        {
            Accounts++;
            AccountsWithoutAccess += account.Grants == 0 ? 1 : 0;
            Add(_accountsByStatus, Words.Of(account.Status));
            Add(_accountsByKind, Words.Of(account.Kind));
            Add(_accountsByLastSeen, Words.Of(account.LastSeen.Quality));
        }

        Findings = [.. report.Findings().CountBy(finding => (finding.Code, finding.Severity))
            .Select(pair => (FindingCatalog.Of(pair.Key.Code), pair.Key.Severity, pair.Value))];
        if (report.Changes is { } changes)
        {
            New = report.Rows().Count(row => changes.IsNew(row.Access));
            Removed = report.Removed().Count();
        }
    }

    private static void Add(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
