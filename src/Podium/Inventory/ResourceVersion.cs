using Podium.Data;

namespace Podium.Inventory;

/// <summary>What can change of a resource. A row of the history is one of these with the time when it ended.</summary>
internal abstract class ResourceVersion
{
    public required long AppId { get; set; }

    /// <summary>The resource around it.</summary>
    public long? ParentId { get; set; }

    public required string DisplayName { get; set; }

    /// <summary>The name as it is sorted: NFKC, lower case.</summary>
    public required string SortName { get; set; }

    public required string SearchText { get; set; }

    public string Description { get; set; } = "";

    /// <summary>A JSON object, its keys in order.</summary>
    public string Profile { get; set; } = "{}";

    /// <summary>Something refers to it, but the sync does not list it.</summary>
    public bool IsPlaceholder { get; set; }

    /// <summary>Of a token or key: whose it is, as <c>type:id</c>. Null for everything else.</summary>
    public string? SecretOwner { get; set; }

    public Moment? SecretCreatedAt { get; set; }

    public Moment? SecretExpiresAt { get; set; }

    /// <summary>Has been so since.</summary>
    public required Moment Since { get; set; }

    public required long CauseId { get; set; }
}
