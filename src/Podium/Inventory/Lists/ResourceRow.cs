using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>A resource in a list, as it is or as it was.</summary>
internal sealed record ResourceRow
{
    public required long Id { get; init; }

    public Ksuid PublicId => InventoryId.Of(InventoryKind.Resource, Id);

    public required long AppId { get; init; }

    public required long ConnectorId { get; init; }

    public required long TypeId { get; init; }

    public required string Type { get; init; }

    public required string TypeName { get; init; }

    public required string ExternalId { get; init; }

    public long? ParentId { get; init; }

    public string? ParentName { get; init; }

    public required string DisplayName { get; init; }

    public required string SortName { get; init; }

    public required string Description { get; init; }

    /// <summary>A JSON object.</summary>
    public required string Profile { get; init; }

    public required bool IsPlaceholder { get; init; }

    /// <summary>The connector did not read its type in the last sync.</summary>
    public required bool IsStale { get; init; }

    public string? SecretOwner { get; init; }

    public Moment? SecretCreatedAt { get; init; }

    public Moment? SecretExpiresAt { get; init; }

    /// <summary>Always the latest that is known: it has no history.</summary>
    public Moment? SecretLastUsedAt { get; init; }

    public required Moment BegunAt { get; init; }

    public required Moment Since { get; init; }

    public Moment? DeletedAt { get; init; }

    public required long Entitlements { get; init; }
}

internal sealed record ResourceFilter
{
    public required long AppId { get; init; }

    /// <summary>Null for now.</summary>
    public Moment? AsOf { get; init; }

    public string? Text { get; init; }

    public long? TypeId { get; init; }

    /// <summary>What lies directly in it.</summary>
    public long? ParentId { get; init; }

    public bool Descending { get; init; }
}
