using Baton.Evidence.Accounts;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>That an account holds an entitlement, or held it.</summary>
internal sealed record GrantRow
{
    public required long EntitlementId { get; init; }

    public Ksuid EntitlementPublicId => InventoryId.Of(InventoryKind.Entitlement, EntitlementId);

    public required string EntitlementName { get; init; }

    public required string Slug { get; init; }

    public required int Rank { get; init; }

    public required bool IsPrivileged { get; init; }

    public required string ExclusionGroup { get; init; }

    public required long ResourceId { get; init; }

    public required string ResourceName { get; init; }

    /// <summary>Of the resource, its external id.</summary>
    public required string Type { get; init; }

    public required long AccountId { get; init; }

    public Ksuid AccountPublicId => InventoryId.Of(InventoryKind.Account, AccountId);

    public required string AccountName { get; init; }

    public required string Login { get; init; }

    public required string Email { get; init; }

    public required AccountKind Kind { get; init; }

    public required AccountStatus Status { get; init; }

    public required LastSeenQuality LastSeenQuality { get; init; }

    public Moment? LastSeenAt { get; init; }

    /// <summary>In this way.</summary>
    public required Moment Since { get; init; }

    /// <summary>In whatever way, without a break.</summary>
    public required Moment HeldSince { get; init; }

    /// <summary>It was not seen before this moment; equal to <see cref="Since"/> where the time is exact.</summary>
    public required Moment NotBefore { get; init; }

    /// <summary>Null when it is still held.</summary>
    public Moment? Until { get; init; }

    public required InventoryCauseKind CauseKind { get; init; }

    public long? SyncId { get; init; }

    public long? TaskId { get; init; }

    public required bool IsDirect { get; init; }

    /// <summary>The external ids of the entitlements that it comes from; empty when it is direct alone.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    public bool IsInherited => Sources.Count > 0;

    /// <summary>Cannot be taken away through the connector.</summary>
    public required bool IsImmutable { get; init; }

    /// <summary>A task did it, and no sync has shown it yet.</summary>
    public required bool IsUnseen { get; init; }

    public required string AccountSortName { get; init; }

    public required string EntitlementSortName { get; init; }
}

/// <summary>Of one entitlement or of one account: exactly one of the two is given.</summary>
internal sealed record GrantFilter
{
    public required long AppId { get; init; }

    /// <summary>Null for now.</summary>
    public Moment? AsOf { get; init; }

    public long? EntitlementId { get; init; }

    public long? AccountId { get; init; }

    /// <summary>In the account's name, address or login; of an account, in the entitlement's name.</summary>
    public string? Text { get; init; }

    public bool Descending { get; init; }
}
