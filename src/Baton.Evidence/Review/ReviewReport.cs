using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Changes;
using Baton.Evidence.Findings;
using Baton.Evidence.Reading;
using Baton.Evidence.Review.Decisions;

namespace Baton.Evidence.Review;

/// <summary>Everything that a review shows, whatever the format.</summary>
public sealed class ReviewReport
{
    private readonly Lazy<HashSet<Principal>> _accountsInScope;
    private readonly Lazy<ReviewTotals> _totals;

    public ReviewReport()
    {
        _accountsInScope = new(() => [.. Book!.Rows.Where(row => Scope.Contains(row.Target)).Select(row => row.Account)]);
        _totals = new(() => ReviewTotals.Of(this));
    }

    public required AccessBook Book { get; init; }

    public required FileProvenance Provenance { get; init; }

    /// <summary>What changed since the earlier file; null without one.</summary>
    public AccessChanges? Changes { get; init; }

    public FileProvenance? EarlierProvenance { get; init; }

    /// <summary>What the system is called; a file does not say.</summary>
    public string System { get; init; } = "";

    public string Period { get; init; } = "";

    public ReviewScope Scope { get; init; } = ReviewScope.Everything;

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset Generated { get; init; }

    public EmployeeList? People => Book.Options.People;

    public ReviewerMap? Reviewers { get; init; }

    /// <summary>What was decided last time; null when nobody gave it.</summary>
    public PastDecisions? PastDecisions { get; init; }

    /// <summary>How many grants the file holds by its own count.</summary>
    public required long GrantsInFile { get; init; }

    public ReviewTotals Totals => _totals.Value;

    /// <summary>The rows, in the order of the book.</summary>
    public IEnumerable<ReviewRow> Rows()
    {
        foreach (var row in Book.Rows)
        {
            if (Scope.Contains(row.Target))
            {
                yield return new(this, row);
            }
        }
    }

    /// <summary>In a narrowed review, only those who hold something in it.</summary>
    public IEnumerable<Principal> Accounts()
        => Scope.IsEverything ? Book.Accounts : Book.Accounts.Where(_accountsInScope.Value.Contains);

    public IEnumerable<Finding> Findings()
    {
        var findings = FindingList.Of(Book, Changes);
        if (Scope.IsEverything)
        {
            return findings;
        }

        var references = _accountsInScope.Value.Select(account => account.Reference).ToHashSet(StringComparer.Ordinal);
        return findings.Where(finding => finding.Target is { } target ? Scope.Contains(target) : references.Contains(finding.SubjectId));
    }

    public IEnumerable<AccessChange> AllChanges()
        => Changes?.All().Where(change => change.Target is not { } target || Scope.Contains(target)) ?? [];

    /// <summary>Rows of the earlier file that are gone.</summary>
    public IEnumerable<AccessRow> Removed() => Changes?.RemovedRows.Where(row => Scope.Contains(row.Target)) ?? [];
}
