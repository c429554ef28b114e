using Baton.Cli.Evidence;
using Baton.Cli.Review.Decisions;

namespace Baton.Cli.Review;

/// <summary>The columns of the sheet that reviewers decide on. Their names are what the import looks for.</summary>
internal static class ReviewColumns
{
    public const string RowId = "row_id";
    public const string AccountId = "account_id";
    public const string ResourceId = "resource_id";
    public const string Role = "role";
    public const string GrantId = "grant_id";
    public const string Source = "source";
    public const string Decision = "decision";
    public const string NewRole = "new_role";
    public const string Reason = "reason";
    public const string DecidedBy = "decided_by";
    public const string DecidedOn = "decided_on";
    public const string Ticket = "ticket";
    public const string Status = "account_status";
    public const string Privileged = "privileged";
    public const string Since = "since_last_review";
    public const string Flags = "flags";

    public static IReadOnlyList<ReviewColumn> All { get; } =
    [
        new(RowId, 20, row => row.Id.ToString(), "Names the row; the same in every review of the same access. The import needs it."),
        new("account_name", 24, row => row.Account.Name, "The full name; else the display name."),
        new("login", 18, row => row.Account.Login, "What the account signs in with."),
        new("email", 28, row => row.Account.Email, "The primary address; else the first."),
        new(AccountId, 16, row => row.Account.Reference, "The account in the source, as type:id."),
        new("system", 14, row => row.Report.System, "The system, as it was named for this review."),
        new("account_type", 12, row => Words.Of(row.Account.Kind), "human, service, system, group, or unknown."),
        new(Status, 14, row => Words.Of(row.Account.Status), "enabled, disabled, deleted, or unknown; never guessed."),
        new("last_seen", 13, LastSeen, "The day of the last sign-in; never; or not provided by the source."),
        new("last_seen_quality", 10, row => Words.Of(row.Account.LastSeen.Quality), "observed, never, or unknown."),
        new("days_since_seen", 9, row => row.Account.LastSeen.DaysBefore(row.Report.Book.AsOf), "Whole days up to the time of the data."),
        new("created", 12, row => row.Account.Created, "When the account was made."),
        new("sign_in", 10, row => Words.Of(row.Account.SignIn), "local, managed by an identity provider, or unknown."),
        new("mfa", 9, row => Words.YesNoUnknown(row.Account.HasMfa), "Whether a second factor is set up."),
        new("organization", 22, row => row.Access.Target.Organization, "The outermost resource around the resource; itself when there is none."),
        new("resource", 22, row => row.Access.Target.Name, "What the access is to."),
        new(ResourceId, 14, row => row.Access.Target.Reference, "The resource in the source, as type:id."),
        new(Role, 14, row => row.Access.Role.Name, "What the account may do there."),
        new(Privileged, 10, row => Words.YesNo(row.Access.IsPrivileged), "A role with administrative rights, or an account with such rights over everything."),
        new("how", 24, row => row.Access.How.Text, "direct, or what it is inherited through."),
        new("revocable", 24, row => row.Revocable, "Whether revoking this grant ends the access, and where else to revoke it."),
        new(Since, 18, row => row.SinceLastReview, "new, unchanged, or role changed, against the earlier file; empty without one."),
        new("first_seen", 12, row => row.FirstSeen, "The earliest of the files given that holds the row."),
        new(Flags, 32, row => Words.Flags(row.Flags), "What is noticed; see the list of findings."),
        new("manager", 24, row => HumanResources(row, person => person.Manager), "By the people list."),
        new("department", 16, row => HumanResources(row, person => person.Department), "By the people list."),
        new("employment", 14, row => HumanResources(row, person => person.Status), "By the people list."),
        new("reviewer", 28, row => row.Reviewer, "Who decides: by the list of owners, else the manager."),
        new(Decision, 12, _ => "", "To be filled in: keep, change, revoke, or defer.") { Choices = DecisionKinds.Names },
        new(NewRole, 14, _ => "", "To be filled in for change: the role instead."),
        new(Reason, 28, _ => "", "To be filled in."),
        new(DecidedBy, 22, _ => "", "To be filled in: who decided. Nobody decides about an account of their own."),
        new(DecidedOn, 12, _ => "", "To be filled in: the day."),
        new(Ticket, 14, _ => "", "To be filled in: where the change is tracked."),
        new("previous_decision", 28, row => row.PastDecision?.Text, "What was decided last time, by whom and when."),
        new(GrantId, 32, row => row.Access.GrantId, "The grant in the source; what a revocation names."),
        new(Source, 48, row => row.Report.Provenance.Source, "The beginning of the SHA-256 of the file, and the sync. The import needs it."),
    ];

    public static int IndexOf(string name) => All.Index().First(column => column.Item.Name == name).Index;

    private static ReviewCell LastSeen(ReviewRow row) => LastSeenOf(row.Account);

    public static ReviewCell LastSeenOf(Account account) => account.LastSeen.Quality switch
    {
        LastSeenQuality.Observed => (DateTimeOffset?)account.LastSeen.Time,
        LastSeenQuality.Never => "never",
        _ => Words.NotProvided,
    };

    private static string HumanResources(ReviewRow row, Func<Inputs.Person, string> tell)
        => row.Report.People is null || !row.Account.MayBePerson ? Words.NotProvided : row.Person is { } person ? tell(person) : "no match";
}

/// <param name="Name">In the header of the sheet.</param>
/// <param name="Width">In characters.</param>
/// <param name="Meaning">For the page that explains the sheet.</param>
internal sealed record ReviewColumn(string Name, double Width, Func<ReviewRow, ReviewCell> Cell, string Meaning)
{
    public IReadOnlyList<string> Choices { get; init; } = [];
}
