using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Attempts;
using Podium.Data;
using Podium.Freezing;

namespace Podium.Connectors.Syncs;

/// <summary>Asks for the syncs that are due, and gives a time to connectors that have none: after their first hello, or after a crash.</summary>
internal sealed class SyncSchedule(Database database, SyncLife syncs, WorkSignal signal, Freeze freeze, TimeProvider clock)
{
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        if (await freeze.IsOnAsync(cancellationToken))
        {
            return;
        }

        var now = clock.Now();
        var due = await database.ReadAsync(context => context.Set<Connector>()
            .Where(connector => connector.PausedAt == null && connector.DeletedAt == null
                && (connector.Hosting == ConnectorHosting.Hosted ? connector.ProtectedSettings != null : connector.LastSeenAt != null)
                && (connector.NextSyncAt <= now
                    || (connector.NextSyncAt == null && !context.Set<Sync>().Any(sync => sync.ConnectorId == connector.Id
                        && (sync.State == SyncState.Queued || sync.State == SyncState.Running || sync.State == SyncState.Received || sync.State == SyncState.Applying)))))
            .Select(connector => connector.Id)
            .ToListAsync(cancellationToken));
        foreach (var id in due)
        {
            if (await database.WriteAsync(context => RequestAsync(context, id, now, cancellationToken), cancellationToken))
            {
                await signal.AnnounceAsync(id, cancellationToken);
            }
        }
    }

    private async Task<bool> RequestAsync(PodiumContext context, long id, Moment now, CancellationToken cancellationToken)
    {
        var connector = await context.LockAsync<Connector>(id, cancellationToken);
        if (connector is not { PausedAt: null, DeletedAt: null } || connector.NextSyncAt > now)
        {
            return false;
        }

        if (connector.NextSyncAt is null && await context.Set<Sync>().AnyAsync(sync => sync.ConnectorId == id && sync.State != SyncState.Cancelled, cancellationToken))
        {
            // It had one, and the process was killed before it set the time of the next.
            connector.NextSyncAt = SyncTimes.Of(connector).Next(now);
            return false;
        }

        return await syncs.RequestAsync(context, connector, askedBy: null, cancellationToken) is not null;
    }
}
