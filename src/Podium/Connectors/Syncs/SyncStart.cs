using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Connectors.Syncs;

/// <summary>The hand-out of a sync, in the transaction of the hand-out: its moment is what history will call the time of what it read.</summary>
internal static class SyncStart
{
    private static readonly TimeSpan Least = TimeSpan.FromMicroseconds(1);

    public static async Task BeginAsync(PodiumContext context, Connector connector, Attempt attempt, Moment now, CancellationToken cancellationToken)
    {
        var sync = await context.Set<Sync>().FirstOrDefaultAsync(one => one.AttemptId == attempt.Id, cancellationToken);
        if (sync is { State: SyncState.Queued })
        {
            sync.State = SyncState.Running;
            // Our clock may have been set back since the last sync; the order of syncs must not be.
            sync.AsOf = connector.InventoryAsOf is { } last && now <= last ? last + Least : now;
        }
    }
}
