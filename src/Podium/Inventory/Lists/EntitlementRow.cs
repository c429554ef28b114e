using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>An entitlement in a list, as it is or as it was.</summary>
internal sealed record EntitlementRow
{
    public required long Id { get; init; }

    public Ksuid PublicId => InventoryId.Of(InventoryKind.Entitlement, Id);

    public required long AppId { get; init; }

    public required long ConnectorId { get; init; }

    public required long ResourceId { get; init; }

    public Ksuid ResourcePublicId => InventoryId.Of(InventoryKind.Resource, ResourceId);

    public required string ResourceName { get; init; }

    /// <summary>Of the resource.</summary>
    public required long TypeId { get; init; }

    public required string Type { get; init; }

    public required string TypeName { get; init; }

    public required string ExternalId { get; init; }

    public required string DisplayName { get; init; }

    public required string SortName { get; init; }

    public required string Slug { get; init; }

    public required string Description { get; init; }

    public required string Purpose { get; init; }

    public required int Rank { get; init; }

    public required bool IsPrivileged { get; init; }

    public required string ExclusionGroup { get; init; }

    public required string GrantableTo { get; init; }

    public required bool IsPlaceholder { get; init; }

    /// <summary>The connector did not read its type in the last sync.</summary>
    public required bool IsStale { get; init; }

    public required Moment BegunAt { get; init; }

    public required Moment Since { get; init; }

    public Moment? DeletedAt { get; init; }

    public required long Holders { get; init; }
}

internal sealed record EntitlementFilter
{
    public required long AppId { get; init; }

    /// <summary>Null for now.</summary>
    public Moment? AsOf { get; init; }

    public string? Text { get; init; }

    public long? ResourceId { get; init; }

    /// <summary>Of the resource.</summary>
    public long? TypeId { get; init; }

    public bool? IsPrivileged { get; init; }

    public bool Descending { get; init; }
}
