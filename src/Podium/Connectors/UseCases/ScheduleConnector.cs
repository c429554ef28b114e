using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>How often a connector is synced: the time from the end of one sync to the next.</summary>
internal sealed class ScheduleConnector(ConnectorChange change, TimeProvider clock)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <exception cref="Refusal">The interval is too short or too long.</exception>
    public Task RunAsync(long connectorId, TimeSpan interval, Actor actor, CancellationToken cancellationToken)
    {
        if (interval < Shortest || interval > Longest)
        {
            throw new Refusal($"The interval is from {Shortest.TotalMinutes:0} minutes to {Longest.TotalDays:0} days.", "interval");
        }

        return change.RunAsync(
            connectorId,
            actor,
            "connector.scheduled",
            async (context, connector, details) =>
            {
                connector.SyncIntervalSeconds = (int)interval.TotalSeconds;
                connector.UpdatedAt = clock.Now();
                details["seconds"] = connector.SyncIntervalSeconds;
                if (connector.NextSyncAt is not null && connector.FailedSyncs == 0)
                {
                    var last = await context.Set<Sync>().Where(sync => sync.ConnectorId == connector.Id && sync.EndedAt != null).MaxAsync(sync => sync.EndedAt, cancellationToken);
                    connector.NextSyncAt = (last ?? clock.Now()) + interval;
                }
            },
            cancellationToken);
    }
}
