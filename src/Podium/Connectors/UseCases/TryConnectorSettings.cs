using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>Tries settings as they would be kept, and keeps nothing. That they were tried is audited: it is a sign-in at the app.</summary>
internal sealed class TryConnectorSettings(Database database, CheckConnectorSettings check, ConnectorCatalog catalog, SettingsTrial trial, ConnectorChange change)
{
    /// <param name="connectorId">Whose.</param>
    /// <param name="values">As for <see cref="SaveConnectorSettings"/>: a secret that is left out is the one that is stored.</param>
    /// <param name="actor">Who tries.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <exception cref="TrialRefusal">The app does not take them; the field is named where it is known.</exception>
    /// <exception cref="Refusal">A field does not do, or they cannot be tried.</exception>
    public async Task RunAsync(long connectorId, IReadOnlyDictionary<string, string> values, Actor actor, CancellationToken cancellationToken)
    {
        var settings = await check.OfConnectorAsync(connectorId, values, cancellationToken);
        var id = await database.ReadAsync(context => context.Set<Connector>().Where(one => one.Id == connectorId).Select(one => one.CatalogId).SingleAsync(cancellationToken));
        var entry = catalog.Find(id)!;
        var works = false;
        try
        {
            await trial.RunAsync(entry, await catalog.SchemaAsync(entry, cancellationToken), settings, cancellationToken);
            works = true;
        }
        finally
        {
            await change.RunAsync(
                connectorId,
                actor,
                "connector.settings.tried",
                (_, _, details) =>
                {
                    details["works"] = works;
                    return Task.CompletedTask;
                },
                CancellationToken.None);
        }
    }
}
