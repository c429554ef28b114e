using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Connectors.Catalog;
using Podium.Data;

namespace Podium.Connectors.Reading;

/// <summary>The connectors that are there, by name. There are few, so that a list of them is read as a whole.</summary>
internal sealed class ConnectorList(Database database, ConnectorCatalog catalog, TimeProvider clock)
{
    public Task<List<ConnectorRow>> AllAsync(ConnectorFilter filter, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var connectors = context.Set<Connector>().Where(connector => connector.DeletedAt == null);
        if (filter.AppId is { } appId)
        {
            connectors = connectors.Where(connector => connector.AppId == appId);
        }

        var rows = await RowsAsync(context, connectors, cancellationToken);
        return rows
            .Where(row => filter.Text is not { } text || row.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase) || row.AppName.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(row => row.DisplayName, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Id).ToList();
    });

    /// <returns>Null when there is none, or it was deleted.</returns>
    public Task<ConnectorRow?> FindAsync(Ksuid publicId, CancellationToken cancellationToken) => database.ReadAsync(async context
        => (await RowsAsync(context, context.Set<Connector>().Where(connector => connector.PublicId == publicId && connector.DeletedAt == null), cancellationToken)).SingleOrDefault());

    private async Task<List<ConnectorRow>> RowsAsync(PodiumContext context, IQueryable<Connector> connectors, CancellationToken cancellationToken)
    {
        var found = await (
            from connector in connectors
            join app in context.Set<App>() on connector.AppId equals app.Id
            select new { Connector = connector, App = app }).ToListAsync(cancellationToken);
        var ids = connectors.Select(connector => connector.Id);
        var open = await context.Set<Sync>()
            .Where(sync => ids.Contains(sync.ConnectorId) && (sync.State == SyncState.Queued || sync.State == SyncState.Running
                || sync.State == SyncState.Received || sync.State == SyncState.Applying || sync.State == SyncState.Held))
            .ToListAsync(cancellationToken);
        var last = await context.Set<Sync>()
            .Where(sync => ids.Contains(sync.ConnectorId) && sync.State == SyncState.Applied
                && sync.AsOf == context.Set<Connector>().Where(connector => connector.Id == sync.ConnectorId).Select(connector => connector.InventoryAsOf).First())
            .ToListAsync(cancellationToken);
        var now = clock.Now();
        return [.. found.Select(pair => Row(pair.Connector, pair.App, open, last, now))];
    }

    private ConnectorRow Row(Connector connector, App app, List<Sync> open, List<Sync> last, Moment now)
    {
        var own = open.Where(sync => sync.ConnectorId == connector.Id).OrderByDescending(sync => sync.Id).ToList();
        var (held, underWay) = (own.Find(sync => sync.State == SyncState.Held), own.Find(sync => sync.State.IsOpen()));
        var applied = last.Find(sync => sync.ConnectorId == connector.Id);
        return new()
        {
            Id = connector.Id,
            PublicId = connector.PublicId,
            AppId = app.Id,
            AppPublicId = app.PublicId,
            AppName = app.DisplayName,
            CatalogId = connector.CatalogId,
            CatalogName = catalog.Find(connector.CatalogId)?.DisplayName ?? connector.CatalogId,
            DisplayName = connector.DisplayName,
            Description = connector.Description,
            Hosting = connector.Hosting,
            Chip = ConnectorChips.Of(connector, underWay?.State, held is not null, connector.InventoryAsOf is not null, now),
            Error = connector.Error,
            FailingSince = connector.FailingSince,
            PausedAt = connector.PausedAt,
            PausedBy = connector.PausedBy,
            LastSeenAt = connector.LastSeenAt,
            NextSyncAt = connector.NextSyncAt,
            SyncInterval = connector.Interval(),
            HasSettings = connector.ProtectedSettings is not null,
            SettingsSavedAt = connector.SettingsSavedAt,
            SettingsSavedBy = connector.SettingsSavedBy,
            Version = connector.Version,
            ProvisioningOn = connector.ProvisioningOn,
            HoldPercent = connector.HoldPercent,
            LastSync = applied is null ? null : SyncRow.Of(applied),
            OpenSync = underWay is null ? null : SyncRow.Of(underWay),
            HeldSync = held is null ? null : SyncRow.Of(held),
            CreatedAt = connector.CreatedAt,
        };
    }
}
