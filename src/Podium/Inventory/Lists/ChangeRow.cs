using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>Something that began, changed or ended. Names are those of now.</summary>
internal sealed record ChangeRow
{
    public required InventoryChangeKind Kind { get; init; }

    public required Moment At { get; init; }

    /// <summary>It was not seen before this moment; equal to <see cref="At"/> where the time is exact.</summary>
    public required Moment NotBefore { get; init; }

    public long? AccountId { get; init; }

    public Ksuid? AccountPublicId => AccountId is { } id ? InventoryId.Of(InventoryKind.Account, id) : null;

    public string? AccountName { get; init; }

    public string? Login { get; init; }

    public long? EntitlementId { get; init; }

    public Ksuid? EntitlementPublicId => EntitlementId is { } id ? InventoryId.Of(InventoryKind.Entitlement, id) : null;

    public string? EntitlementName { get; init; }

    public string? Slug { get; init; }

    public bool IsPrivileged { get; init; }

    public long? ResourceId { get; init; }

    public Ksuid? ResourcePublicId => ResourceId is { } id ? InventoryId.Of(InventoryKind.Resource, id) : null;

    public string? ResourceName { get; init; }

    public required InventoryCauseKind CauseKind { get; init; }

    public long? SyncId { get; init; }

    public long? TaskId { get; init; }

    /// <summary>Of something that changed: what is another. Empty when only what surrounds it is.</summary>
    public IReadOnlyList<ChangedField> Fields { get; init; } = [];

    /// <summary>Only orders what happened at the same moment.</summary>
    public required long Order { get; init; }
}

/// <summary>The numbers order what happened at the same moment, and stand in page tokens.</summary>
internal enum InventoryChangeKind
{
    GrantBegun,
    GrantEnded,
    GrantOriginChanged,
    AccountBegun,
    AccountChanged,
    AccountEnded,
    EntitlementBegun,
    EntitlementChanged,
    EntitlementEnded,
    EntitlementReturned,
    ResourceBegun,
    ResourceChanged,
    ResourceEnded,
    ResourceReturned,
}

internal sealed record ChangeFilter
{
    public required long AppId { get; init; }

    /// <summary>None for all. In any order.</summary>
    public IReadOnlyCollection<InventoryChangeKind> Kinds { get; init; } = [];

    /// <summary>Of the account, and of what it holds.</summary>
    public long? AccountId { get; init; }

    /// <summary>Of the entitlement, and of who holds it.</summary>
    public long? EntitlementId { get; init; }

    public long? ResourceId { get; init; }

    /// <summary>At this moment or later.</summary>
    public Moment? From { get; init; }

    /// <summary>Before this moment.</summary>
    public Moment? Until { get; init; }

    public override string ToString()
        => $"{AppId} {string.Join(',', Kinds.Order())} {AccountId} {EntitlementId} {ResourceId} {From?.Microseconds} {Until?.Microseconds}";
}
