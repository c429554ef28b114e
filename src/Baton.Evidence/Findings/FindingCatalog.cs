namespace Baton.Evidence.Findings;

/// <summary>Everything that a review can point out, the worst first.</summary>
public static class FindingCatalog
{
    public static IReadOnlyList<FindingEntry> All { get; } =
    [
        new(FindingCode.DisabledWithAccess, "DISABLED_WITH_ACCESS", "disabled, still has access", Severity.High, "The account is disabled or deleted and holds at least one grant."),
        new(FindingCode.LeftCompany, "LEFT_COMPANY", "left the company", Severity.High, "By the people list the employment ended before the sync, and the account is not disabled or holds access."),
        new(FindingCode.ServerAdmin, "SERVER_ADMIN", "server administrator", Severity.High, "The account administers the whole server, whatever its grants are."),
        new(FindingCode.Orphaned, "ORPHANED", "not in the people list", Severity.High, "A person's account that the people list does not know."),
        new(FindingCode.NewPrivileged, "NEW_PRIVILEGED", "newly privileged", Severity.High, "Privileged access that is new, or was raised, since the earlier file."),
        new(FindingCode.Privileged, "PRIVILEGED", "administrator", Severity.Info, "A privileged role. High when the account is also dormant, never seen, disabled, not a person's, or not in the people list."),
        new(FindingCode.Dormant, "DORMANT", "dormant", Severity.Medium, "Last seen longer ago than the limit of dormancy."),
        new(FindingCode.NeverSeen, "NEVER_SEEN", "never signed in", Severity.Medium, "Never signed in, and made more than 30 days before the sync or at an unknown time."),
        new(FindingCode.ServicePrivileged, "SERVICE_PRIVILEGED", "service account with a privileged role", Severity.Medium, "A service account holds a privileged role."),
        new(FindingCode.TokenNoExpiry, "TOKEN_NO_EXPIRY", "token never expires", Severity.Medium, "A token or key without an end."),
        new(FindingCode.TokenExpired, "TOKEN_EXPIRED", "token expired", Severity.Medium, "A token or key that ended before the sync and is still there."),
        new(FindingCode.TokenUnused, "TOKEN_UNUSED", "token unused", Severity.Medium, "A token or key that was last used longer ago than the limit of dormancy."),
        new(FindingCode.DefaultAdmin, "DEFAULT_ADMIN", "default administrator in use", Severity.Medium, "The account that every installation begins with is enabled and was seen recently."),
        new(FindingCode.NoAdmin, "NO_ADMIN", "no administrator", Severity.Medium, "No enabled account holds a privileged role on the resource, which has such a role."),
        new(FindingCode.External, "EXTERNAL", "external", Severity.Medium, "The e-mail address is outside the given domains, or the account is marked as a guest."),
        new(FindingCode.NoEmail, "NO_EMAIL", "no e-mail", Severity.Low, "A person's account without an e-mail address: nobody can be asked."),
        new(FindingCode.SingleAdmin, "SINGLE_ADMIN", "single administrator", Severity.Low, "One enabled account alone holds a privileged role on the resource."),
        new(FindingCode.NoAccess, "NO_ACCESS", "no access", Severity.Low, "An enabled account without any grant."),
        new(FindingCode.LocalSignIn, "LOCAL_SIGN_IN", "local sign-in", Severity.Low, "An enabled person's account that signs in with a password of its own while others use an identity provider."),
        new(FindingCode.DuplicateIdentity, "DUPLICATE_IDENTITY", "same e-mail twice", Severity.Low, "Another enabled account has the same e-mail address."),
        new(FindingCode.DirectAndInherited, "DIRECT_AND_INHERITED", "direct and inherited", Severity.Low, "The same role is held both ways: revoking one leaves the other."),
        new(FindingCode.ServiceAccount, "SERVICE_ACCOUNT", "service account", Severity.Info, "The account is not a person's."),
        new(FindingCode.LastSeenUnknown, "LAST_SEEN_UNKNOWN", "last seen not provided", Severity.Info, "The source gives no last sign-in: the account is taken neither for active nor for dormant."),
        new(FindingCode.StatusConflict, "STATUS_CONFLICT", "status contradicts itself", Severity.DataQuality, "The resource and its trait give different statuses; the resource's is shown."),
        new(FindingCode.DanglingReference, "DANGLING_REFERENCE", "refers to what is not there", Severity.DataQuality, "A grant names an account, a role or a resource that the sync does not hold."),
        new(FindingCode.UnknownStatus, "UNKNOWN_STATUS", "status not provided", Severity.DataQuality, "The source does not say whether the account is enabled."),
    ];

    private static readonly FindingEntry[] ByCode = [.. All.OrderBy(entry => entry.Code)];

    public static FindingEntry Of(FindingCode code) => ByCode[(int)code];

    public static string Name(Severity severity) => severity switch
    {
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        Severity.Info => "info",
        _ => "data quality",
    };
}

/// <summary>A finding's name in files, its label for people, and its rule in words.</summary>
public sealed record FindingEntry(FindingCode Code, string Name, string Label, Severity Severity, string Rule);

public enum Severity
{
    DataQuality,
    Info,
    Low,
    Medium,
    High,
}
