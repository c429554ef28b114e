using System.Text.Json.Nodes;
using Podium.Audit;
using Podium.Data;

namespace Podium.Connectors.UseCases;

internal sealed class SetConnectorOwners(ConnectorChange change, TimeProvider clock)
{
    /// <exception cref="Refusal">One of them is not there.</exception>
    public Task RunAsync(long connectorId, IReadOnlyCollection<long> ownerIds, Actor actor, CancellationToken cancellationToken)
        => change.RunAsync(
            connectorId,
            actor,
            "connector.owners.set",
            (context, connector, details) =>
            {
                connector.UpdatedAt = clock.Now();
                details["owners"] = new JsonArray([.. ownerIds.Order().Select(id => (JsonNode)id)]);
                return ConnectorOwners.SetAsync(context, connector.Id, ownerIds, cancellationToken);
            },
            cancellationToken);
}
