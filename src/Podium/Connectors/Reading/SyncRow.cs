using Podium.Data;

namespace Podium.Connectors.Reading;

/// <summary>A sync as lists and pages show it.</summary>
internal sealed record SyncRow(
    long Id,
    Ksuid PublicId,
    long ConnectorId,
    SyncState State,
    Moment QueuedAt,
    Moment? AsOf,
    Moment? ReceivedAt,
    Moment? EndedAt,
    long? AskedBy,
    long? Accounts,
    long? Resources,
    long? Entitlements,
    long? Grants,
    string? Reason,
    long? Size)
{
    public static SyncRow Of(Sync sync) => new(
        sync.Id, sync.PublicId, sync.ConnectorId, sync.State, sync.QueuedAt, sync.AsOf, sync.ReceivedAt, sync.EndedAt, sync.AskedBy,
        sync.Accounts, sync.Resources, sync.Entitlements, sync.Grants, sync.Reason, sync.Size);
}
