namespace Baton.Evidence.Access;

/// <summary>What can be granted: an entitlement, with the rank that its name suggests.</summary>
public sealed class AccessRole
{
    public required string Id { get; init; }

    /// <summary>The slug; else the display name; else the id.</summary>
    public required string Name { get; init; }

    public required AccessTarget Target { get; init; }

    /// <summary>More is more privilege; comparable on one target only.</summary>
    public int Rank { get; init; }

    public bool IsPrivileged { get; init; }

    /// <summary>Of the roles of one group on a target a principal holds one: granting one replaces the other. Empty without a group.</summary>
    public string ExclusionGroup { get; init; } = "";

    public bool IsMissing { get; init; }

    /// <summary>Its place among all roles: by target, then the most privileged first.</summary>
    public int Order { get; internal set; }
}
