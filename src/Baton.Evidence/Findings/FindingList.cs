using Baton.Evidence.Access;
using Baton.Evidence.Changes;

namespace Baton.Evidence.Findings;

/// <summary>Everything that a book gives reason to point out, the worst first. Made while it is read: there may be more than rows.</summary>
public static class FindingList
{
    private static readonly FindingCode[] AboutAccounts =
    [
        FindingCode.DisabledWithAccess, FindingCode.LeftCompany, FindingCode.ServerAdmin, FindingCode.Orphaned, FindingCode.Dormant,
        FindingCode.NeverSeen, FindingCode.DefaultAdmin, FindingCode.External, FindingCode.NoEmail, FindingCode.NoAccess,
        FindingCode.LocalSignIn, FindingCode.DuplicateIdentity, FindingCode.ServiceAccount, FindingCode.LastSeenUnknown,
        FindingCode.StatusConflict, FindingCode.UnknownStatus,
    ];

    private static readonly FindingCode[] AboutRows =
        [FindingCode.NewPrivileged, FindingCode.Privileged, FindingCode.ServicePrivileged, FindingCode.DirectAndInherited, FindingCode.DanglingReference];

    private static readonly FindingCode[] AboutSecrets = [FindingCode.TokenNoExpiry, FindingCode.TokenExpired, FindingCode.TokenUnused];

    /// <param name="changes">Since an earlier file; null without one.</param>
    public static IEnumerable<Finding> Of(AccessBook book, AccessChanges? changes = null)
    {
        foreach (var severity in Enum.GetValues<Severity>().OrderDescending())
        {
            foreach (var entry in FindingCatalog.All)
            {
                foreach (var finding in Of(book, changes, entry.Code, severity))
                {
                    yield return finding;
                }
            }
        }
    }

    /// <summary>How many there are, by code and severity, in the order of the list.</summary>
    public static IReadOnlyDictionary<(FindingCode Code, Severity Severity), int> Count(AccessBook book, AccessChanges? changes = null)
    {
        var counts = new Dictionary<(FindingCode, Severity), int>();
        foreach (var finding in Of(book, changes))
        {
            var key = (finding.Code, finding.Severity);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }

    /// <summary>A privileged grant is news only where something else is wrong as well.</summary>
    public static Severity SeverityOf(FindingCode code, FindingSet all)
        => code == FindingCode.Privileged
            && (all.Has(FindingCode.Dormant) || all.Has(FindingCode.NeverSeen) || all.Has(FindingCode.DisabledWithAccess)
                || all.Has(FindingCode.ServiceAccount) || all.Has(FindingCode.Orphaned))
            ? Severity.High
            : FindingCatalog.Of(code).Severity;

    private static IEnumerable<Finding> Of(AccessBook book, AccessChanges? changes, FindingCode code, Severity severity)
        => Array.IndexOf(AboutAccounts, code) >= 0 ? OfAccounts(book, code, severity)
            : Array.IndexOf(AboutRows, code) >= 0 ? OfRows(book, changes, code, severity)
            : Array.IndexOf(AboutSecrets, code) >= 0 ? OfSecrets(book, code, severity)
            : OfTargets(book, code, severity);

    private static IEnumerable<Finding> OfAccounts(AccessBook book, FindingCode code, Severity severity)
        => FindingCatalog.Of(code).Severity != severity
            ? []
            : book.Accounts.Where(account => account.Flags.Has(code))
                .Select(account => new Finding(code, severity, account.Name, account.Reference, null, FindingText.Of(code, account, book)));

    private static IEnumerable<Finding> OfRows(AccessBook book, AccessChanges? changes, FindingCode code, Severity severity)
    {
        // Each walk passes all rows, of which there may be millions: only one code has findings of two severities.
        if ((code == FindingCode.NewPrivileged && changes is null) || (code != FindingCode.Privileged && FindingCatalog.Of(code).Severity != severity))
        {
            yield break;
        }

        foreach (var row in book.Rows)
        {
            var flags = row.Flags;
            var applies = code == FindingCode.NewPrivileged ? changes!.IsNewlyPrivileged(row) : flags.Has(code);
            if (applies && SeverityOf(code, flags) == severity)
            {
                yield return new(code, severity, row.Account.Name, row.Account.Reference, row.Target, FindingText.Of(row));
            }
        }

        foreach (var account in code == FindingCode.NewPrivileged ? changes!.NewAdministrators : [])
        {
            yield return new(code, severity, account.Name, account.Reference, null, "server administrator");
        }
    }

    private static IEnumerable<Finding> OfSecrets(AccessBook book, FindingCode code, Severity severity)
        => FindingCatalog.Of(code).Severity != severity
            ? []
            : book.Secrets.Where(secret => secret.Flags(book.AsOf, book.Options.DormantDays).Has(code))
                .Select(secret => new Finding(code, severity, secret.Name, $"{secret.TypeId}:{secret.Id}", null, FindingText.Of(secret)));

    // Judged where somebody holds anything: an empty resource lacks nobody.
    private static IEnumerable<Finding> OfTargets(AccessBook book, FindingCode code, Severity severity)
    {
        if (FindingCatalog.Of(code).Severity != severity)
        {
            yield break;
        }

        foreach (var target in book.Targets)
        {
            var wanted = code == FindingCode.NoAdmin ? 0 : 1;
            if (target.HasEnabledHolder && target.EnabledAdministrators == wanted && target.Roles.Any(role => role.IsPrivileged))
            {
                yield return new(code, severity, target.Label, target.Reference, target, FindingCatalog.Of(code).Rule);
            }
        }
    }
}
