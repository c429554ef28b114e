using Podium.Audit;
using Podium.Connectors.Syncs;

namespace Podium.Connectors.UseCases;

/// <summary>A sync without waiting for the schedule.</summary>
internal sealed class SyncNow(ConnectorChange change, SyncLife syncs)
{
    /// <returns>The sync that is open already, or a new one; null when it starts in seconds, after the process has stopped the one before.</returns>
    /// <exception cref="Refusal">The connector is paused, or not set up.</exception>
    public Task<Sync?> RunAsync(long connectorId, Actor actor, CancellationToken cancellationToken)
        => change.RunAsync(
            connectorId,
            actor,
            "sync.asked",
            async (context, connector, details) =>
            {
                if (connector.PausedAt is not null)
                {
                    throw new Refusal("This connector is paused: resume it first.");
                }

                if (connector.Hosting == ConnectorHosting.Hosted && connector.ProtectedSettings is null)
                {
                    throw new Refusal("This connector has no settings yet: save them first.");
                }

                var sync = await syncs.RequestAsync(context, connector, actor.PersonId, cancellationToken);
                details["sync"] = sync?.PublicId.ToString();
                return sync;
            },
            cancellationToken);
}
