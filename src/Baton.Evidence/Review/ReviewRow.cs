using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Evidence.Review.Decisions;

namespace Baton.Evidence.Review;

/// <summary>One row of a review: a grant, and all that helps to decide about it.</summary>
public readonly struct ReviewRow(ReviewReport report, AccessRow access)
{
    public ReviewReport Report => report;

    public AccessRow Access { get; } = access;

    public RowId Id { get; } = access.Id;

    public Principal Account => Access.Account;

    public FindingSet Flags { get; } = report.Changes?.IsNewlyPrivileged(access) == true
        ? access.Flags.With(FindingCode.NewPrivileged)
        : access.Flags;

    public Employee? Person => report.People?.Find(Access.Account);

    public PastDecision? PastDecision => report.PastDecisions?.Find(Id);

    /// <summary><c>new</c>, <c>unchanged</c>, a change of role, or <c>still there (revocation decided)</c>; empty without an earlier review.</summary>
    public string SinceLastReview
        => PastDecision is { Decision: DecisionKind.Revoke } ? "still there (revocation decided)" : report.Changes?.Since(Access) ?? "";

    /// <summary>Since when the row is known to be there: since the earlier file at least, or since this one.</summary>
    public DateTimeOffset? FirstSeen
        => PastDecision?.FirstSeen is { } known ? known
            : report.Changes is not { } changes ? null
            : (changes.IsNew(Access) ? report.Book : changes.Earlier).Run.StartedAt;

    public string Reviewer => report.Reviewers?.Find(Access.Target) is { } mapped ? mapped : Person?.Manager ?? "";

    /// <summary><c>yes</c>; else why not, and where instead.</summary>
    public string Revocable => RevocableText(Access);

    public static string RevocableText(AccessRow access)
        => access switch
        {
            { Account.IsMissing: true } or { Role.IsMissing: true } => "no: refers to what the file does not hold",
            { How.IsDirect: false } => $"no: revoke at {string.Join(", ", access.How.Via)}",
            { IsImmutable: true } => "no: the source does not allow it",
            { How.IsInherited: true } => $"in part: stays by {string.Join(", ", access.How.Via)}",
            _ => "yes",
        };
}
