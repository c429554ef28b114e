using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Syncs;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>When a connector is synced.</summary>
internal sealed class ScheduleConnector(ConnectorChange change, TimeProvider clock)
{
    public Task RunAsync(long connectorId, SyncTimes times, Actor actor, CancellationToken cancellationToken) => change.RunAsync(
        connectorId,
        actor,
        "connector.scheduled",
        async (context, connector, details) =>
        {
            times.Store(connector);
            connector.UpdatedAt = clock.Now();
            (details["seconds"], details["cron"], details["zone"]) = (connector.SyncCron is null ? connector.SyncIntervalSeconds : null, connector.SyncCron, connector.SyncZone);
            if (connector.NextSyncAt is not null && connector.FailedSyncs == 0)
            {
                var last = await context.Set<Sync>().Where(sync => sync.ConnectorId == connector.Id && sync.EndedAt != null).MaxAsync(sync => sync.EndedAt, cancellationToken);
                connector.NextSyncAt = times.Next(times.CronText is null ? last ?? clock.Now() : clock.Now());
            }
        },
        cancellationToken);
}
