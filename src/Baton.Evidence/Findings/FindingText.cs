using Baton.Evidence.Access;
using Baton.Evidence.Accounts;

namespace Baton.Evidence.Findings;

/// <summary>What a finding says beyond its code.</summary>
internal static class FindingText
{
    public static string Of(FindingCode code, Principal account, AccessBook book) => code switch
    {
        FindingCode.DisabledWithAccess => $"{Words.Of(account.Status)}, {Grants(account)}",
        FindingCode.Dormant => $"last seen {Date(account.LastSeen.Time)}, {account.LastSeen.DaysBefore(book.AsOf)} days ago; {Grants(account)}",
        FindingCode.NeverSeen => $"created {(account.Created is { } created ? Date(created) : "at an unknown time")}; {Grants(account)}",
        FindingCode.External or FindingCode.DuplicateIdentity => $"{account.Email}; {Grants(account)}",
        FindingCode.NoAccess => account.Login,
        _ => Grants(account),
    };

    public static string Of(AccessRow row) => $"{row.Role.Name} on {row.Target.Label}, {row.How.Text}";

    public static string Of(Secret secret)
        => $"owner {(secret.Owner.Length > 0 ? secret.Owner : "unknown")}, "
            + $"expires {(secret.Expires is { } end ? Date(end) : "never")}, "
            + $"last used {(secret.LastUsed is { } used ? Date(used) : "not provided")}";

    private static string Date(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd}";

    private static string Grants(Principal account) => account.Grants == 1 ? "1 grant" : $"{account.Grants} grants";
}
