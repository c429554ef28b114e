using Baton.Evidence.Accounts;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review;

/// <summary>What a review says of each account, also of those that hold nothing.</summary>
public static class AccountColumns
{
    public static IReadOnlyList<Column<ReviewAccount>> All { get; } =
    [
        new("account_name", row => row.Account.Name) { Width = 24 },
        new("login", row => row.Account.Login) { Width = 18 },
        new("email", row => row.Account.Email) { Width = 28 },
        new("account_id", row => row.Account.Reference) { Width = 16 },
        new("account_type", row => Words.Of(row.Account.Kind)) { Width = 12 },
        new("account_status", row => Words.Of(row.Account.Status)) { Width = 14 },
        new("last_seen", row => ReviewColumns.LastSeenOf(row.Account)) { Width = 13 },
        new("days_since_seen", row => row.Account.LastSeen.DaysBefore(row.Report.Book.AsOf)) { Width = 9 },
        new("created", row => row.Account.Created) { Width = 12 },
        new("sign_in", row => Words.Of(row.Account.SignIn)) { Width = 10 },
        new("mfa", row => Words.YesNoUnknown(row.Account.HasMfa)) { Width = 9 },
        new("server_admin", row => Words.YesNo(row.Account.IsServerAdmin)) { Width = 9 },
        new("grants", row => row.Account.Grants) { Width = 8 },
        new("highest_role", row => row.Account.HighestRole?.Name) { Width = 14 },
        new("flags", row => Words.Flags(row.Account.Flags)) { Width = 32 },
    ];
}

/// <summary>An account, and the review that it stands in.</summary>
public readonly record struct ReviewAccount(ReviewReport Report, Principal Account);
