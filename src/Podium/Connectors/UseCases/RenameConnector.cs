using Podium.Audit;
using Podium.Data;

namespace Podium.Connectors.UseCases;

internal sealed class RenameConnector(ConnectorChange change, TimeProvider clock)
{
    /// <exception cref="Refusal">The name or the description does not do.</exception>
    public Task RunAsync(long connectorId, string name, string description, Actor actor, CancellationToken cancellationToken)
    {
        var checkedName = ConnectorName.Check(name);
        var checkedDescription = ConnectorName.CheckDescription(description);
        return change.RunAsync(
            connectorId,
            actor,
            "connector.renamed",
            (_, connector, details) =>
            {
                (details["before"], details["name"]) = (connector.DisplayName, checkedName);
                (connector.DisplayName, connector.Description) = (checkedName, checkedDescription);
                connector.UpdatedAt = clock.Now();
                return Task.CompletedTask;
            },
            cancellationToken);
    }
}
