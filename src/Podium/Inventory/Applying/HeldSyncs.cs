using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>What a person may do with a held sync, besides confirming it.</summary>
internal sealed class HeldSyncs(Database database, TimeProvider clock)
{
    /// <summary>Forgets it; the next sync is judged anew. False when it is not held any more.</summary>
    public Task<bool> DiscardAsync(long syncId, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var changed = await context.Set<Sync>().Where(sync => sync.Id == syncId && sync.State == SyncState.Held)
                .ExecuteUpdateAsync(set => set.SetProperty(sync => sync.State, SyncState.Discarded), cancellationToken);
            if (changed == 1)
            {
                var sync = await context.Set<Sync>().SingleAsync(each => each.Id == syncId, cancellationToken);
                context.Audit(clock.Now(), "sync.discarded", actor, ("sync", sync.PublicId.ToString()));
            }

            return changed == 1;
        },
        cancellationToken);
}
