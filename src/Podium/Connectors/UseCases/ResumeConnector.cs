using Podium.Audit;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>The end of a pause: what waited is handed out, and a sync is due at once, since nobody knows what happened meanwhile.</summary>
internal sealed class ResumeConnector(ConnectorChange change, TimeProvider clock)
{
    public Task RunAsync(long connectorId, Actor actor, CancellationToken cancellationToken)
        => change.RunAsync(
            connectorId,
            actor,
            "connector.resumed",
            (_, connector, _) =>
            {
                if (connector.PausedAt is not null)
                {
                    (connector.PausedAt, connector.PausedBy) = (null, null);
                    (connector.NextSyncAt, connector.UpdatedAt) = (clock.Now(), clock.Now());
                }

                return Task.CompletedTask;
            },
            cancellationToken);
}
