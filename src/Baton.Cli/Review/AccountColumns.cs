using Baton.Cli.Evidence;

namespace Baton.Cli.Review;

/// <summary>What a review says of each account, also of those that hold nothing.</summary>
internal static class AccountColumns
{
    public static IReadOnlyList<(string Name, Func<ReviewReport, Account, ReviewCell> Cell)> All { get; } =
    [
        ("account_name", (_, account) => account.Name),
        ("login", (_, account) => account.Login),
        ("email", (_, account) => account.Email),
        ("account_id", (_, account) => account.Reference),
        ("account_type", (_, account) => Words.Of(account.Kind)),
        ("account_status", (_, account) => Words.Of(account.Status)),
        ("last_seen", (_, account) => ReviewColumns.LastSeenOf(account)),
        ("days_since_seen", (report, account) => account.LastSeen.DaysBefore(report.Book.AsOf)),
        ("created", (_, account) => account.Created),
        ("sign_in", (_, account) => Words.Of(account.SignIn)),
        ("mfa", (_, account) => Words.YesNoUnknown(account.HasMfa)),
        ("server_admin", (_, account) => Words.YesNo(account.IsServerAdmin)),
        ("grants", (_, account) => account.Grants),
        ("highest_role", (_, account) => account.HighestRole?.Name),
        ("flags", (_, account) => Words.Flags(account.Flags)),
    ];
}
