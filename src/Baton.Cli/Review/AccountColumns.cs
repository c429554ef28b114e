using Baton.Cli.Evidence;

namespace Baton.Cli.Review;

/// <summary>What a review says of each account, also of those that hold nothing.</summary>
internal static class AccountColumns
{
    /// <summary>Widths in characters, for a workbook.</summary>
    public static IReadOnlyList<(string Name, double Width, Func<ReviewReport, Account, ReviewCell> Cell)> All { get; } =
    [
        ("account_name", 24, (_, account) => account.Name),
        ("login", 18, (_, account) => account.Login),
        ("email", 28, (_, account) => account.Email),
        ("account_id", 16, (_, account) => account.Reference),
        ("account_type", 12, (_, account) => Words.Of(account.Kind)),
        ("account_status", 14, (_, account) => Words.Of(account.Status)),
        ("last_seen", 13, (_, account) => ReviewColumns.LastSeenOf(account)),
        ("days_since_seen", 9, (report, account) => account.LastSeen.DaysBefore(report.Book.AsOf)),
        ("created", 12, (_, account) => account.Created),
        ("sign_in", 10, (_, account) => Words.Of(account.SignIn)),
        ("mfa", 9, (_, account) => Words.YesNoUnknown(account.HasMfa)),
        ("server_admin", 9, (_, account) => Words.YesNo(account.IsServerAdmin)),
        ("grants", 8, (_, account) => account.Grants),
        ("highest_role", 14, (_, account) => account.HighestRole?.Name),
        ("flags", 32, (_, account) => Words.Flags(account.Flags)),
    ];
}
