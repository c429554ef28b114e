using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Connectors.Catalog;
using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>Connectors with what is to be known of each at a glance. There are hundreds at most: they are not paged.</summary>
internal sealed class ConnectorList(Database database, ConnectorCatalog catalog, TimeProvider clock)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<ConnectorRow>> AllAsync(ConnectorFilter filter, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var wanted = context.Set<Connector>().Where(connector => connector.DeletedAt == null
            && (filter.AppId == null || connector.AppId == filter.AppId)
            && (filter.OwnerId == null || context.Set<ConnectorOwner>().Any(owner => owner.ConnectorId == connector.Id && owner.PersonId == filter.OwnerId)));
        var rows = await RowsAsync(context, wanted, cancellationToken);
        return filter.Text is { Length: > 0 } text
            ? rows.Where(row => row.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase) || row.AppName.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList()
            : rows;
    }

    public async Task<ConnectorRow?> FindAsync(Ksuid publicId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return (await RowsAsync(context, context.Set<Connector>().Where(connector => connector.PublicId == publicId && connector.DeletedAt == null), cancellationToken)).SingleOrDefault();
    }

    public async Task<ConnectorRow?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return (await RowsAsync(context, context.Set<Connector>().Where(connector => connector.Id == id && connector.DeletedAt == null), cancellationToken)).SingleOrDefault();
    }

    public async Task<bool> IsOwnerAsync(long connectorId, long personId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Set<ConnectorOwner>().AnyAsync(owner => owner.ConnectorId == connectorId && owner.PersonId == personId, cancellationToken);
    }

    public async Task<IReadOnlyList<long>> OwnersAsync(long connectorId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Set<ConnectorOwner>().Where(owner => owner.ConnectorId == connectorId).Select(owner => owner.PersonId).Order().ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ConnectorRow>> RowsAsync(PodiumContext context, IQueryable<Connector> wanted, CancellationToken cancellationToken)
    {
        var connectors = await wanted.Join(context.Set<App>(), connector => connector.AppId, app => app.Id, (connector, app) => new { connector, app }).ToListAsync(cancellationToken);
        var ids = connectors.Select(pair => pair.connector.Id).ToList();
        // Of each connector what is open or held, and the last that ended: not the thousands before.
        var syncs = await context.Set<Sync>()
            .Where(sync => ids.Contains(sync.ConnectorId)
                && (sync.State == SyncState.Queued || sync.State == SyncState.Running || sync.State == SyncState.Received || sync.State == SyncState.Applying || sync.State == SyncState.Held
                    || sync.Id == context.Set<Sync>().Where(other => other.ConnectorId == sync.ConnectorId && other.EndedAt != null).Max(other => (long?)other.Id)))
            .ToListAsync(cancellationToken);
        var byConnector = syncs.ToLookup(sync => sync.ConnectorId);
        var now = clock.Now();
        return connectors
            .Select(pair => ConnectorRow.Of(pair.connector, pair.app, catalog.Find(pair.connector.CatalogId), byConnector, now))
            .OrderBy(row => row.DisplayName, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Id)
            .ToList();
    }
}
