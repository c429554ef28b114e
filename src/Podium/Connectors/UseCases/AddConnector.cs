using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Audit;
using Podium.Connectors.Catalog;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.UseCases;

/// <summary>A connector of a catalogue entry, with the app that it feeds. It is Not connected until its settings are saved, or its first hello.</summary>
internal sealed class AddConnector(Database database, ConnectorCatalog catalog, TimeProvider clock)
{
    /// <exception cref="Refusal">Something that was chosen is not there.</exception>
    public Task<Connector> RunAsync(NewConnector wanted, Actor actor, CancellationToken cancellationToken)
    {
        var entry = catalog.Find(wanted.CatalogId) ?? throw new Refusal("This connector is not in the catalogue.", "catalogId");
        var name = ConnectorName.Check(wanted.DisplayName ?? entry.DisplayName);
        return database.WriteAsync(
            async context =>
            {
                var now = clock.Now();
                var app = wanted.AppId is { } appId
                    ? await context.Set<App>().FirstOrDefaultAsync(one => one.Id == appId && one.DeletedAt == null, cancellationToken)
                        ?? throw new Refusal("This app was deleted: choose another one.", "appId")
                    : await AddAppAsync(context, ConnectorName.Check(wanted.NewAppName ?? name), wanted.OwnerIds, actor, now, cancellationToken);
                var connector = new Connector
                {
                    PublicId = Ksuid.New(clock),
                    AppId = app.Id,
                    CatalogId = entry.Id,
                    DisplayName = name,
                    Hosting = entry.Hosting,
                    CreatedAt = now,
                };
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
                return connector;
            },
            cancellationToken);
    }

    private async Task<App> AddAppAsync(
        PodiumContext context, string name, IReadOnlyCollection<long> ownerIds, Actor actor, Moment now, CancellationToken cancellationToken)
    {
        var app = new App { PublicId = Ksuid.New(clock), DisplayName = name, CreatedAt = now };
        context.Add(app);
        await context.SaveChangesAsync(cancellationToken);
        foreach (var owner in await context.Set<Person>().Where(person => ownerIds.Contains(person.Id)).ToListAsync(cancellationToken))
        {
            context.Add(new AppOwner { AppId = app.Id, PersonId = owner.Id });
        }

        context.Audit(now, "app.added", actor, ("app", app.PublicId.ToString()), new JsonObject { ["name"] = name });
        return app;
    }
}
