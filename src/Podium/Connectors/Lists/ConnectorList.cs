using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Connectors.Catalog;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.Lists;

/// <summary>Connectors with what is to be known of each at a glance. There are hundreds at most: a list of them is read as a whole.</summary>
internal sealed class ConnectorList(Database database, ConnectorCatalog catalog, TimeProvider clock)
{
    /// <summary>Those that are there, by name.</summary>
    public Task<IReadOnlyList<ConnectorRow>> AllAsync(ConnectorFilter filter, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var wanted = context.Set<Connector>().Where(connector => connector.DeletedAt == null
            && (filter.AppId == null || connector.AppId == filter.AppId)
            && (filter.OwnerId == null || context.Set<ConnectorOwner>().Any(owner => owner.ConnectorId == connector.Id && owner.PersonId == filter.OwnerId)));
        var rows = await RowsAsync(context, wanted, cancellationToken);
        return filter.Text is { Length: > 0 } text
            ? rows.Where(row => row.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase) || row.AppName.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList()
            : rows;
    });

    /// <returns>Null when there is none, or it was deleted.</returns>
    public Task<ConnectorRow?> FindAsync(Ksuid publicId, CancellationToken cancellationToken) => database.ReadAsync(async context
        => (await RowsAsync(context, context.Set<Connector>().Where(connector => connector.PublicId == publicId && connector.DeletedAt == null), cancellationToken)).SingleOrDefault());

    /// <returns>Null when there is none, or it was deleted.</returns>
    public Task<ConnectorRow?> FindAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(async context
        => (await RowsAsync(context, context.Set<Connector>().Where(connector => connector.Id == id && connector.DeletedAt == null), cancellationToken)).SingleOrDefault());

    /// <summary>Also one that was deleted: clients that made it ask until they know.</summary>
    public Task<ConnectorRow?> FindEvenDeletedAsync(Ksuid publicId, CancellationToken cancellationToken) => database.ReadAsync(async context
        => (await RowsAsync(context, context.Set<Connector>().Where(connector => connector.PublicId == publicId), cancellationToken)).SingleOrDefault());

    private async Task<IReadOnlyList<ConnectorRow>> RowsAsync(PodiumContext context, IQueryable<Connector> wanted, CancellationToken cancellationToken)
    {
        var connectors = await (
            from connector in wanted
            join app in context.Set<App>() on connector.AppId equals app.Id
            join person in context.Set<Person>() on connector.PausedBy equals person.Id into people
            from person in people.DefaultIfEmpty()
            select new { Connector = connector, App = app, PausedBy = person == null ? null : person.DisplayName }).ToListAsync(cancellationToken);
        var ids = connectors.Select(found => found.Connector.Id).ToList();
        // Of each connector what is open or held, the last that ended, and the last that was applied: not the thousands before.
        var syncs = await context.Set<Sync>()
            .Where(sync => ids.Contains(sync.ConnectorId)
                && (sync.State == SyncState.Queued || sync.State == SyncState.Running || sync.State == SyncState.Received || sync.State == SyncState.Applying || sync.State == SyncState.Held
                    || sync.Id == context.Set<Sync>().Where(other => other.ConnectorId == sync.ConnectorId && other.EndedAt != null).Max(other => (long?)other.Id)
                    || (sync.State == SyncState.Applied
                        && sync.AsOf == context.Set<Connector>().Where(connector => connector.Id == sync.ConnectorId).Select(connector => connector.InventoryAsOf).First())))
            .ToListAsync(cancellationToken);
        var owners = await (
            from owner in context.Set<ConnectorOwner>()
            join person in context.Set<Person>() on owner.PersonId equals person.Id
            where ids.Contains(owner.ConnectorId) && person.DeletedAt == null
            orderby person.DisplayName, person.Id
            select new { owner.ConnectorId, Row = new ConnectorOwnerRow(person.Id, person.PublicId, person.DisplayName, person.Email) }).ToListAsync(cancellationToken);
        var syncsOf = syncs.ToLookup(sync => sync.ConnectorId);
        var ownersOf = owners.ToLookup(owner => owner.ConnectorId, owner => owner.Row);
        var now = clock.Now();
        return connectors
            .Select(found => ConnectorRow.Of(found.Connector, found.App, catalog.Find(found.Connector.CatalogId), syncsOf, now) with
            {
                PausedByName = found.PausedBy,
                Owners = [.. ownersOf[found.Connector.Id]],
            })
            .OrderBy(row => row.DisplayName, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Id)
            .ToList();
    }
}
