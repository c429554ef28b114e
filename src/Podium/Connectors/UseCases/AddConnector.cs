using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>
/// A connector of a catalogue entry, with the app that it feeds. Without settings it is Not connected until they are saved, or its first hello.
/// </summary>
internal sealed class AddConnector(
    Database database, ConnectorCatalog catalog, CheckConnectorSettings check, SettingsVault vault, WorkSignal signal, TimeProvider clock)
{
    /// <exception cref="Refusal">Something that was chosen is not there, or does not do; nothing is added then.</exception>
    public async Task<Connector> RunAsync(NewConnector wanted, Actor actor, CancellationToken cancellationToken)
    {
        var entry = catalog.Find(wanted.CatalogId) ?? throw new Refusal("This connector is not in the catalogue.", "catalogId");
        var name = ConnectorName.Check(wanted.DisplayName ?? entry.DisplayName);
        var description = ConnectorName.CheckDescription(wanted.Description);
        var settings = wanted.Settings is { } values ? await check.OfNewAsync(entry, values, cancellationToken) : null;
        var added = await database.WriteAsync(
            async context =>
            {
                var now = clock.Now();
                var app = wanted.AppId is { } appId
                    ? await context.Set<App>().FirstOrDefaultAsync(one => one.Id == appId && one.DeletedAt == null, cancellationToken)
                        ?? throw new Refusal("This app was deleted: choose another one.", "appId")
                    : await AddApp.AddAsync(context, ConnectorName.Check(wanted.NewAppName ?? name), "", wanted.OwnerIds, actor, clock, cancellationToken);
                var connector = new Connector
                {
                    PublicId = Ksuid.New(clock),
                    AppId = app.Id,
                    CatalogId = entry.Id,
                    DisplayName = name,
                    Description = description,
                    Hosting = entry.Hosting,
                    CreatedAt = now,
                };
                if (settings is not null)
                {
                    connector.ProtectedSettings = vault.Seal(connector.PublicId, settings);
                    (connector.SettingsSavedAt, connector.SettingsSavedBy, connector.NextSyncAt) = (now, actor.PersonId, now);
                }

                context.Add(connector);
                await context.SaveChangesAsync(cancellationToken);
                await ConnectorOwners.SetAsync(context, connector.Id, wanted.OwnerIds, cancellationToken);
                context.Audit(now, "connector.added", actor, connector.Subject(), new JsonObject
                {
                    ["name"] = name,
                    ["catalog"] = entry.Id,
                    ["app"] = app.PublicId.ToString(),
                    ["owners"] = wanted.OwnerIds.Count,
                });
                if (settings is not null)
                {
                    var fields = new JsonArray([.. settings.Keys.Order(StringComparer.Ordinal).Select(field => (JsonNode)field)]);
                    context.Audit(now, "connector.settings.saved", actor, connector.Subject(), new JsonObject { ["fields"] = fields });
                }

                return connector;
            },
            cancellationToken);
        await signal.AnnounceAsync(added.Id, cancellationToken);
        return added;
    }
}
