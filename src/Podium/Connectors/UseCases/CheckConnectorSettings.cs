using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>
/// Whether settings would do, before anything is kept: by the schema of the catalogue's entry. Everybody who saves or adds comes through here first,
/// outside of a transaction, which makes it the place for checks that take their time.
/// </summary>
internal sealed class CheckConnectorSettings(Database database, ConnectorCatalog catalog, SettingsVault vault)
{
    /// <returns>What would be stored.</returns>
    /// <exception cref="Refusal">A field does not do; it is named.</exception>
    public async Task<IReadOnlyDictionary<string, string>> OfNewAsync(CatalogEntry entry, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
        => ConnectorSettings.Merge(entry, await SchemaAsync(entry, cancellationToken), before: null, values);

    /// <summary>Of a connector that may have settings: a secret that is left out is the one that is stored.</summary>
    /// <returns>What would be stored.</returns>
    /// <exception cref="Refusal">A field does not do; it is named.</exception>
    public async Task<IReadOnlyDictionary<string, string>> OfConnectorAsync(long connectorId, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var connector = await database.ReadAsync(context => context.Set<Connector>().SingleAsync(connector => connector.Id == connectorId, cancellationToken));
        var entry = catalog.Find(connector.CatalogId) ?? throw new Refusal("This connector is not in the catalogue any more: put its executable back into --catalog.");
        var before = connector.ProtectedSettings is { } stored ? vault.Open(connector.PublicId, stored) : null;
        return ConnectorSettings.Merge(entry, await SchemaAsync(entry, cancellationToken), before, values);
    }

    private async Task<CatalogSchema> SchemaAsync(CatalogEntry entry, CancellationToken cancellationToken) => entry.Hosting == ConnectorHosting.Hosted
        ? await catalog.SchemaAsync(entry, cancellationToken)
        : throw new Refusal("This connector has its settings where it runs, not here.", "config");
}
