using Baton.Evidence.Accounts;
using Baton.Evidence.Review.Decisions;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review;

/// <summary>The columns of the sheet that reviewers decide on. Their names are what the import looks for.</summary>
public static class ReviewColumns
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

    public static IReadOnlyList<Column<ReviewRow>> All { get; } =
    [
        new(RowId, row => row.Id.ToString()) { Width = 20, Meaning = "Names the row; the same in every review of the same access. The import needs it." },
        new("account_name", row => row.Account.Name) { Width = 24, Meaning = "The full name; else the display name." },
        new("login", row => row.Account.Login) { Width = 18, Meaning = "What the account signs in with." },
        new("email", row => row.Account.Email) { Width = 28, Meaning = "The primary address; else the first." },
        new(AccountId, row => row.Account.Reference) { Width = 16, Meaning = "The account in the source, as type:id." },
        new("system", row => row.Report.System) { Width = 14, Meaning = "The system, as it was named for this review." },
        new("account_type", row => Words.Of(row.Account.Kind)) { Width = 12, Meaning = "human, service, system, group, or unknown." },
        new(Status, row => Words.Of(row.Account.Status)) { Width = 14, Meaning = "enabled, disabled, deleted, or unknown; never guessed." },
        new("last_seen", LastSeen) { Width = 13, Meaning = "The day of the last sign-in; never; or not provided by the source." },
        new("last_seen_quality", row => Words.Of(row.Account.LastSeen.Quality)) { Width = 10, Meaning = "observed, never, or unknown." },
        new("days_since_seen", row => row.Account.LastSeen.DaysBefore(row.Report.Book.AsOf)) { Width = 9, Meaning = "Whole days up to the time of the data." },
        new("created", row => row.Account.Created) { Width = 12, Meaning = "When the account was made." },
        new("sign_in", row => Words.Of(row.Account.SignIn)) { Width = 10, Meaning = "local, managed by an identity provider, or unknown." },
        new("mfa", row => Words.YesNoUnknown(row.Account.HasMfa)) { Width = 9, Meaning = "Whether a second factor is set up." },
        new("organization", row => row.Access.Target.Organization) { Width = 22, Meaning = "The outermost resource around the resource; itself when there is none." },
        new("resource", row => row.Access.Target.Name) { Width = 22, Meaning = "What the access is to." },
        new(ResourceId, row => row.Access.Target.Reference) { Width = 14, Meaning = "The resource in the source, as type:id." },
        new(Role, row => row.Access.Role.Name) { Width = 14, Meaning = "What the account may do there." },
        new(Privileged, row => Words.YesNo(row.Access.IsPrivileged)) { Width = 10, Meaning = "A role with administrative rights." },
        new("how", row => row.Access.How.Text) { Width = 24, Meaning = "direct, or what it is inherited through." },
        new("revocable", row => row.Revocable) { Width = 24, Meaning = "Whether revoking this grant ends the access, and where else to revoke it." },
        new(Since, row => row.SinceLastReview) { Width = 18, Meaning = "new, unchanged, or role changed, against the earlier file; empty without one." },
        new("first_seen", row => row.FirstSeen) { Width = 12, Meaning = "The earliest of the files given that holds the row." },
        new(Flags, row => Words.Flags(row.Flags)) { Width = 32, Meaning = "What is noticed; see the list of findings." },
        new("manager", row => HumanResources(row, person => person.Manager)) { Width = 24, Meaning = "By the people list." },
        new("department", row => HumanResources(row, person => person.Department)) { Width = 16, Meaning = "By the people list." },
        new("employment", row => HumanResources(row, person => person.Status)) { Width = 14, Meaning = "By the people list." },
        new("reviewer", row => row.Reviewer) { Width = 28, Meaning = "Who decides: by the list of owners, else the manager." },
        new(Decision, _ => "") { Width = 12, Meaning = "To be filled in: keep, change, revoke, or defer.", Choices = DecisionKinds.Names },
        new(NewRole, _ => "") { Width = 14, Meaning = "To be filled in for change: the role instead." },
        new(Reason, _ => "") { Width = 28, Meaning = "To be filled in." },
        new(DecidedBy, _ => "") { Width = 22, Meaning = "To be filled in: who decided. Nobody decides about an account of their own." },
        new(DecidedOn, _ => "") { Width = 12, Meaning = "To be filled in: the day." },
        new(Ticket, _ => "") { Width = 14, Meaning = "To be filled in: where the change is tracked." },
        new("previous_decision", row => row.PastDecision?.Text) { Width = 28, Meaning = "What was decided last time, by whom and when." },
        new(GrantId, row => row.Access.GrantId) { Width = 32, Meaning = "The grant in the source; what a revocation names." },
        new(Source, row => row.Report.Provenance.Source) { Width = 48, Meaning = "The beginning of the SHA-256 of the file, and the sync. The import needs it." },
    ];

    public static int IndexOf(string name) => All.Index().First(column => column.Item.Name == name).Index;

    private static Cell LastSeen(ReviewRow row) => LastSeenOf(row.Account);

    public static Cell LastSeenOf(Principal account) => account.LastSeen.Quality switch
    {
        LastSeenQuality.Observed => (DateTimeOffset?)account.LastSeen.Time,
        LastSeenQuality.Never => "never",
        _ => Words.NotProvided,
    };

    private static string HumanResources(ReviewRow row, Func<Employee, string> tell)
        => row.Report.People is null || !row.Account.MayBePerson ? Words.NotProvided : row.Person is { } person ? tell(person) : "no match";
}
