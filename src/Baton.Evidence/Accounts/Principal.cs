using Baton.Evidence.Access;
using Baton.Evidence.Findings;

namespace Baton.Evidence.Accounts;

/// <summary>
/// Who holds access, or could: what a review says of an account. Texts that the source does not give are empty. There may be millions, and
/// all are in memory.
/// </summary>
public sealed class Principal
{
    private readonly long _createdTicks;

    public required string TypeId { get; init; }

    public required string Id { get; init; }

    /// <summary>Written <c>type:id</c>.</summary>
    public string Reference => $"{TypeId}:{Id}";

    /// <summary>The full name; else the display name; else the reference.</summary>
    public required string Name { get; init; }

    public string Login { get; init; } = "";

    /// <summary>The primary address; else the first.</summary>
    public string Email { get; init; } = "";

    public AccountKind Kind { get; init; }

    public AccountStatus Status { get; init; }

    /// <summary>The resource and its trait say different things; <see cref="Status"/> is the resource's.</summary>
    public bool HasStatusConflict { get; init; }

    public LastSeen LastSeen { get; init; }

    public DateTimeOffset? Created
    {
        get => _createdTicks == 0 ? null : new(_createdTicks, TimeSpan.Zero);
        init => _createdTicks = value?.UtcTicks ?? 0;
    }

    public SignInKind SignIn { get; internal set; }

    /// <summary>Null when the source does not say.</summary>
    public bool? HasMfa { get; init; }

    /// <summary>Rules over the whole target system, whatever its grants are.</summary>
    public bool IsServerAdmin { get; init; }

    /// <summary>Grants name it, but the sync does not hold it.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Its place among all accounts, by name.</summary>
    public int Order { get; internal set; }

    public int Grants { get; internal set; }

    /// <summary>The role with the most privilege; null without access.</summary>
    public AccessRole? HighestRole { get; internal set; }

    /// <summary>What is noticed about the account itself.</summary>
    public FindingSet Flags { get; internal set; }

    public bool IsDisabled => Status is AccountStatus.Disabled or AccountStatus.Deleted or AccountStatus.Revoked;

    /// <summary>A person, as far as the source lets one tell.</summary>
    public bool MayBePerson => Kind is AccountKind.Human || (Kind is AccountKind.Unknown && !IsMissing && Status != AccountStatus.Pending);
}

public enum AccountKind : byte
{
    Unknown,
    Human,
    Service,
    System,

    /// <summary>A group or another collection that holds access for its members.</summary>
    Group,
}

public enum AccountStatus : byte
{
    /// <summary>The source does not say. Never taken for enabled.</summary>
    Unknown,
    Enabled,
    Disabled,
    Deleted,

    /// <summary>An invitation that nobody has taken yet: neither enabled nor disabled.</summary>
    Pending,

    /// <summary>A credential that was taken back, and is still listed.</summary>
    Revoked,
}

/// <summary>How an account signs in.</summary>
public enum SignInKind : byte
{
    Unknown,

    /// <summary>With a password of the target system.</summary>
    Local,

    /// <summary>Through an identity provider.</summary>
    Managed,
}
