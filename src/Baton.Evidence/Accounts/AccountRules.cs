using Baton.Evidence.Access;
using Baton.Evidence.Findings;

namespace Baton.Evidence.Accounts;

/// <summary>What is noticed about accounts, by the sync and the people list. What an earlier file adds comes later.</summary>
internal static class AccountRules
{
    private const string GuestMark = "#ext#";
    private const string DefaultLogin = "admin";

    public static void Apply(AccessBook book)
    {
        foreach (var row in book.Rows)
        {
            var account = row.Account;
            account.Grants++;
            account.HighestRole = account.HighestRole is { } highest && highest.Rank >= row.Role.Rank ? highest : row.Role;
            if (account.Status == AccountStatus.Enabled)
            {
                row.Target.CountHolder(account, row.Role);
            }
        }

        var managedTypes = book.Accounts.Where(account => account.SignIn == SignInKind.Managed).Select(account => account.TypeId).ToHashSet(StringComparer.Ordinal);
        var addresses = SharedAddresses(book.Accounts);
        foreach (var account in book.Accounts)
        {
            if (account.SignIn == SignInKind.Unknown && account.Kind == AccountKind.Human && managedTypes.Contains(account.TypeId))
            {
                account.SignIn = SignInKind.Local;
            }

            account.Flags = Flags(account, book, addresses, managedTypes.Contains(account.TypeId)).With(book.Options.People?.Flags(account, book.AsOf) ?? FindingSet.None);
        }
    }

    private static FindingSet Flags(Principal account, AccessBook book, HashSet<string> sharedAddresses, bool othersAreManaged)
    {
        if (account.IsMissing || account.Kind == AccountKind.Group)
        {
            return FindingSet.None;
        }

        var flags = FindingSet.None;
        var isEnabled = account.Status == AccountStatus.Enabled;
        var days = account.LastSeen.DaysBefore(book.AsOf);
        Mark(FindingCode.DisabledWithAccess, account.IsDisabled && account.Grants > 0);
        Mark(FindingCode.ServerAdmin, account.IsServerAdmin);
        Mark(FindingCode.Dormant, days > book.Options.DormantDays);
        Mark(FindingCode.NeverSeen, account.LastSeen.Quality == LastSeenQuality.Never && !IsNew(account, book));
        Mark(FindingCode.LastSeenUnknown, account.LastSeen.Quality == LastSeenQuality.Unknown && account.Status != AccountStatus.Pending);
        Mark(FindingCode.NoAccess, isEnabled && account.Grants == 0);
        Mark(FindingCode.NoEmail, account.MayBePerson && account.Email.Length == 0);
        Mark(FindingCode.External, account.MayBePerson && IsExternal(account, book.Options.Domains));
        Mark(FindingCode.ServiceAccount, account.Kind is AccountKind.Service or AccountKind.System);
        Mark(FindingCode.LocalSignIn, isEnabled && account is { Kind: AccountKind.Human, SignIn: SignInKind.Local } && othersAreManaged);
        Mark(FindingCode.DuplicateIdentity, isEnabled && sharedAddresses.Contains(account.Email));
        Mark(FindingCode.DefaultAdmin, isEnabled && IsDefaultAdmin(account) && days <= book.Options.DormantDays);
        Mark(FindingCode.StatusConflict, account.HasStatusConflict);
        Mark(FindingCode.UnknownStatus, account.Status == AccountStatus.Unknown);
        return flags;

        void Mark(FindingCode code, bool applies) => flags = applies ? flags.With(code) : flags;
    }

    private static bool IsNew(Principal account, AccessBook book)
        => account.Created is { } created && (book.AsOf - created).TotalDays <= book.Options.NewDays;

    private static bool IsDefaultAdmin(Principal account)
        => account.Login.Equals(DefaultLogin, StringComparison.OrdinalIgnoreCase) || (account.IsServerAdmin && account.Id == "1");

    private static bool IsExternal(Principal account, IReadOnlyList<string> domains)
    {
        if (account.Login.Contains(GuestMark, StringComparison.OrdinalIgnoreCase) || account.Email.Contains(GuestMark, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var domain = account.Email[(account.Email.LastIndexOf('@') + 1)..];
        return account.Email.Length > 0 && domains.Count > 0 && !domains.Any(own => own.StartsWith("*.", StringComparison.Ordinal)
            ? domain.EndsWith(own[1..], StringComparison.OrdinalIgnoreCase)
            : domain.Equals(own, StringComparison.OrdinalIgnoreCase));
    }

    private static HashSet<string> SharedAddresses(IReadOnlyList<Principal> accounts)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var shared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var account in accounts)
        {
            if (account.Status == AccountStatus.Enabled && account.Email.Length > 0 && !seen.Add(account.Email))
            {
                shared.Add(account.Email);
            }
        }

        return shared;
    }
}
