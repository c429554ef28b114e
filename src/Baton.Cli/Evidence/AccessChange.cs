namespace Baton.Cli.Evidence;

/// <summary>One difference between two files. Of a removed account or grant, everything is the earlier file's.</summary>
internal sealed record AccessChange(ChangeKind Kind, Account Account, AccessTarget? Target, string Before, string After, bool IsPrivilegeUp);

internal enum ChangeKind
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
