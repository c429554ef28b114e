using Baton.Evidence.Accounts;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>An account in a list, as it is or as it was.</summary>
internal sealed record AccountRow
{
    public required long Id { get; init; }

    public Ksuid PublicId => InventoryId.Of(InventoryKind.Account, Id);

    public required long AppId { get; init; }

    public required long ConnectorId { get; init; }

    public required long TypeId { get; init; }

    /// <summary>The type's external id.</summary>
    public required string Type { get; init; }

    public required string TypeName { get; init; }

    public required string ExternalId { get; init; }

    public required int Incarnation { get; init; }

    public required string DisplayName { get; init; }

    public required string SortName { get; init; }

    public required string Login { get; init; }

    public required string Email { get; init; }

    public required AccountKind Kind { get; init; }

    public required AccountStatus Status { get; init; }

    public required SignInKind SignIn { get; init; }

    public bool? HasMfa { get; init; }

    public required bool IsAdministrator { get; init; }

    /// <summary>Always the latest that is known: it has no history.</summary>
    public required LastSeenQuality LastSeenQuality { get; init; }

    public Moment? LastSeenAt { get; init; }

    public Moment? SourceCreatedAt { get; init; }

    /// <summary>A JSON object.</summary>
    public required string Profile { get; init; }

    public required bool IsPlaceholder { get; init; }

    /// <summary>The connector did not read its type in the last sync.</summary>
    public required bool IsStale { get; init; }

    public required Moment BegunAt { get; init; }

    public required Moment Since { get; init; }

    public Moment? DeletedAt { get; init; }

    /// <summary>How many grants it holds.</summary>
    public required long Grants { get; init; }
}

internal sealed record AccountFilter
{
    public required long AppId { get; init; }

    /// <summary>Null for now.</summary>
    public Moment? AsOf { get; init; }

    public string? Text { get; init; }

    public AccountStatus? Status { get; init; }

    public AccountKind? Kind { get; init; }

    /// <summary>Also groups that hold access for their members.</summary>
    public bool IncludesGroups { get; init; }

    public LastSeenQuality? LastSeen { get; init; }

    public bool? IsAdministrator { get; init; }

    /// <summary>Who holds it.</summary>
    public long? EntitlementId { get; init; }

    /// <summary>Who holds anything on it.</summary>
    public long? ResourceId { get; init; }

    public bool Descending { get; init; }
}
