using Baton.Evidence.Access;
using Baton.Evidence.Accounts;

namespace Baton.Evidence.Changes;

/// <summary>One difference between two files. Of a removed account or grant, everything is the earlier file's.</summary>
public sealed record AccessChange(AccessChangeKind Kind, Principal Account, AccessTarget? Target, string Before, string After, bool IsPrivilegeUp)
{
    /// <summary>In words.</summary>
    public string What => Kind switch
    {
        AccessChangeKind.Granted => "granted",
        AccessChangeKind.Removed => "removed",
        AccessChangeKind.RoleChanged => "role changed",
        AccessChangeKind.AdministratorAdded => "administrator added",
        AccessChangeKind.AccountAdded => "account added",
        AccessChangeKind.AccountRemoved => "account removed",
        AccessChangeKind.AccountDisabled => "account disabled",
        AccessChangeKind.AccountEnabled => "account enabled",
        AccessChangeKind.AccountStatusLost => "account status lost",
        _ => "account renamed",
    };
}

public enum AccessChangeKind
{
    Granted,

    /// <summary>The account rules over the whole target system now, and no grant tells of it.</summary>
    AdministratorAdded,
    Removed,
    RoleChanged,
    AccountAdded,
    AccountRemoved,
    AccountDisabled,
    AccountEnabled,

    /// <summary>The source does not say any more whether the account is enabled.</summary>
    AccountStatusLost,
    AccountRenamed,
}
