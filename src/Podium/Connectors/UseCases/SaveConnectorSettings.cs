using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Connectors.Syncs;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>
/// The settings of a connector that runs here. Secrets are never given back, so one that is left out stays as it was; but not when the address or
/// the method changes: whoever may edit the settings could otherwise have the old secret sent to a host of theirs.
/// </summary>
internal sealed class SaveConnectorSettings(
    Database database, ConnectorChange change, ConnectorCatalog catalog, SettingsVault vault, SettingsTrial trial, SyncLife syncs, AttemptLife attempts, TimeProvider clock)
{
    /// <param name="connectorId">Whose.</param>
    /// <param name="values">By the name of the field; what is left out is unset, unless it is a secret.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <param name="over">Those that are to be replaced; null when it does not matter which.</param>
    /// <exception cref="SettingsOvertaken">Somebody else saved meanwhile.</exception>
    /// <exception cref="Refusal">A field does not do; it is named.</exception>
    public async Task RunAsync(
        long connectorId, IReadOnlyDictionary<string, string> values, Actor actor, CancellationToken cancellationToken, SettingsVersion? over = null)
    {
        var (entry, schema) = await FormAsync(connectorId, cancellationToken);
        await change.RunAsync(
            connectorId,
            actor,
            "connector.settings.saved",
            async (context, connector, details) =>
            {
                if (over is { } expected && expected.SavedAt != connector.SettingsSavedAt)
                {
                    throw new SettingsOvertaken();
                }

                var before = connector.ProtectedSettings is { } sealedBefore ? vault.Open(connector.PublicId, sealedBefore) : null;
                var settings = ConnectorSettings.Merge(entry, schema, before, values);
                connector.ProtectedSettings = vault.Seal(connector.PublicId, settings);
                (connector.SettingsSavedAt, connector.SettingsSavedBy) = (clock.Now(), actor.PersonId);
                (connector.FailedSyncs, connector.FailingSince, connector.Error) = (0, null, null);
                connector.NextSyncAt = clock.Now();
                details["fields"] = new JsonArray([.. settings.Keys.Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]);
                details["changed"] = new JsonArray([.. ConnectorSettings.Changed(before, settings).Select(name => (JsonNode)name)]);
                await syncs.CancelAsync(context, attempts, connector.Id, "The settings were changed.", cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Tries them as they would be kept, and keeps nothing. That it was tried is audited: it is a sign-in at the app.</summary>
    /// <exception cref="Refusal">A field does not do, or the app does not take them; the field is named where it is known.</exception>
    public async Task TryAsync(long connectorId, IReadOnlyDictionary<string, string> values, Actor actor, CancellationToken cancellationToken)
    {
        var (entry, schema) = await FormAsync(connectorId, cancellationToken);
        var connector = await database.ReadAsync(context => context.Set<Connector>().FirstAsync(one => one.Id == connectorId, cancellationToken));
        var before = connector.ProtectedSettings is { } sealedBefore ? vault.Open(connector.PublicId, sealedBefore) : null;
        var settings = ConnectorSettings.Merge(entry, schema, before, values);
        var works = false;
        try
        {
            await trial.RunAsync(entry, schema, settings, cancellationToken);
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

    private async Task<(CatalogEntry Entry, CatalogSchema Schema)> FormAsync(long connectorId, CancellationToken cancellationToken)
    {
        var id = await database.ReadAsync(
            context => context.Set<Connector>().Where(connector => connector.Id == connectorId).Select(connector => connector.CatalogId).FirstAsync(cancellationToken));
        return catalog.Find(id) is { Hosting: ConnectorHosting.Hosted } entry
            ? (entry, await catalog.SchemaAsync(entry, cancellationToken))
            : throw new Refusal("This connector has its settings where it runs, not here.");
    }
}

/// <summary>Which settings somebody had before them: by when they were saved, null for none yet.</summary>
internal readonly record struct SettingsVersion(Moment? SavedAt);

/// <summary>The settings are other ones than those that were to be replaced.</summary>
internal sealed class SettingsOvertaken : Exception;
