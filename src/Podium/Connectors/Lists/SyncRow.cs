using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>A sync as lists, pages and the API show it.</summary>
internal sealed record SyncRow
{
    public required long Id { get; init; }

    public required Ksuid PublicId { get; init; }

    public required SyncState State { get; init; }

    public required Moment QueuedAt { get; init; }

    public required Moment? AsOf { get; init; }

    public required Moment? ReceivedAt { get; init; }

    public required Moment? EndedAt { get; init; }

    /// <summary>Who pressed the button; null when it was due.</summary>
    public required long? AskedBy { get; init; }

    public required long? Accounts { get; init; }

    public required long? Resources { get; init; }

    public required long? Entitlements { get; init; }

    public required long? Grants { get; init; }

    public required string? Difference { get; init; }

    public required string? Reason { get; init; }

    public required long? Size { get; init; }

    public static SyncRow Of(Sync sync) => new()
    {
        Id = sync.Id,
        PublicId = sync.PublicId,
        State = sync.State,
        QueuedAt = sync.QueuedAt,
        AsOf = sync.AsOf,
        ReceivedAt = sync.ReceivedAt,
        EndedAt = sync.EndedAt,
        AskedBy = sync.AskedBy,
        Accounts = sync.Accounts,
        Resources = sync.Resources,
        Entitlements = sync.Entitlements,
        Grants = sync.Grants,
        Difference = sync.Difference,
        Reason = sync.Reason,
        Size = sync.Size,
    };
}
