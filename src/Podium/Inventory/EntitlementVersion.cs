using Podium.Data;

namespace Podium.Inventory;

/// <summary>What can change of an entitlement.</summary>
internal abstract class EntitlementVersion
{
    public required long AppId { get; set; }

    /// <summary>What it is access to.</summary>
    public required long ResourceId { get; set; }

    public required string DisplayName { get; set; }

    /// <summary>The short name: <c>Admin</c>.</summary>
    public required string Slug { get; set; }

    /// <summary>The display name as it is sorted: NFKC, lower case.</summary>
    public required string SortName { get; set; }

    public required string SearchText { get; set; }

    public string Description { get; set; } = "";

    /// <summary><c>assignment</c>, <c>permission</c>, <c>ownership</c>, or empty.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>More is more privilege; comparable on one resource only.</summary>
    public int Rank { get; set; }

    public bool IsPrivileged { get; set; }

    /// <summary>Of the entitlements of one group on a resource an account holds one: granting one replaces the other. Empty without a group.</summary>
    public string ExclusionGroup { get; set; } = "";

    /// <summary>The external ids of the types that it can be granted to, with commas between them.</summary>
    public string GrantableTo { get; set; } = "";

    /// <summary>Grants name it, but the sync does not list it.</summary>
    public bool IsPlaceholder { get; set; }

    /// <summary>Has been so since.</summary>
    public required Moment Since { get; set; }

    public required long CauseId { get; set; }
}
