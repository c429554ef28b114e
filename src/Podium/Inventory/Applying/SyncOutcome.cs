using Podium.Connectors;

namespace Podium.Inventory.Applying;

/// <param name="State">What the sync is now.</param>
/// <param name="Reason">One sentence where it was held or rejected.</param>
/// <param name="Difference">Null where nothing was compared.</param>
internal sealed record SyncOutcome(SyncState State, string? Reason = null, SyncDifference? Difference = null);
