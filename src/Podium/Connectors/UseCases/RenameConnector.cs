using Podium.Audit;

namespace Podium.Connectors.UseCases;

internal sealed class RenameConnector(ConnectorChange change)
{
    private const int LongestDescription = 4000;

    /// <exception cref="Refusal">The name or the description does not do.</exception>
    public Task RunAsync(long connectorId, string name, string description, Actor actor, CancellationToken cancellationToken)
    {
        var checkedName = ConnectorName.Check(name);
        if (description.Length > LongestDescription)
        {
            throw new Refusal($"A description has at most {LongestDescription:N0} characters.", "description");
        }

        return change.RunAsync(
            connectorId,
            actor,
            "connector.renamed",
            (_, connector, details) =>
            {
                (details["before"], details["name"]) = (connector.DisplayName, checkedName);
                (connector.DisplayName, connector.Description) = (checkedName, description);
                return Task.CompletedTask;
            },
            cancellationToken);
    }
}
