using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Connectors.Syncs;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>Hands out nothing any more until <see cref="ResumeConnector"/>, and stops the sync that runs. Changes that are out already are awaited.</summary>
internal sealed class PauseConnector(ConnectorChange change, SyncLife syncs, AttemptLife attempts, TimeProvider clock)
{
    public Task RunAsync(long connectorId, Actor actor, CancellationToken cancellationToken)
        => change.RunAsync(
            connectorId,
            actor,
            "connector.paused",
            async (context, connector, _) =>
            {
                if (connector.PausedAt is null)
                {
                    (connector.PausedAt, connector.PausedBy, connector.UpdatedAt) = (clock.Now(), actor.PersonId, clock.Now());
                }

                await syncs.CancelAsync(context, attempts, connector.Id, "The connector was paused.", cancellationToken);
            },
            cancellationToken);
}
