using Baton.Evidence.Access;
using Baton.Evidence.Accounts;

namespace Baton.Evidence.Changes;

/// <summary>One difference between two files. Of a removed account or grant, everything is the earlier file's.</summary>
public sealed record AccessChange(AccessChangeKind Kind, Account Account, AccessTarget? Target, string Before, string After, bool IsPrivilegeUp);

public enum AccessChangeKind
{
    Granted,
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
