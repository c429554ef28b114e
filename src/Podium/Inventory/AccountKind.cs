namespace Podium.Inventory;

internal enum AccountKind
{
    Unknown,
    Human,
    Service,
    System,

    /// <summary>A group or another collection that holds access for its members.</summary>
    Group,
}

internal enum AccountStatus
{
    /// <summary>The source does not say. Never taken for enabled.</summary>
    Unknown,
    Enabled,
    Disabled,
    Deleted,
}

/// <summary>How an account signs in.</summary>
internal enum SignIn
{
    Unknown,

    /// <summary>With a password of the target system.</summary>
    Local,

    /// <summary>Through an identity provider.</summary>
    Managed,
}

/// <summary>How sure a last sign-in is.</summary>
internal enum LastSeenQuality
{
    /// <summary>The source gives no value. Says nothing: neither active nor dormant.</summary>
    Unknown,

    /// <summary>The source says that the account never signed in.</summary>
    Never,

    /// <summary>The source gives a time.</summary>
    Observed,
}
