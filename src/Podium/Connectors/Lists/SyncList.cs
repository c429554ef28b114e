using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>The syncs of a connector, the latest first.</summary>
internal sealed class SyncList(Database database)
{
    /// <param name="connectorId">Whose.</param>
    /// <param name="before">Older than this id; null for the latest.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<List<SyncRow>> OfAsync(long connectorId, long? before, int count, CancellationToken cancellationToken) => database.ReadAsync(async context
        => (await context.Set<Sync>()
            .Where(sync => sync.ConnectorId == connectorId && (before == null || sync.Id < before))
            .OrderByDescending(sync => sync.Id).Take(count).ToListAsync(cancellationToken)).ConvertAll(SyncRow.Of));

    /// <returns>Null when that connector has no such sync.</returns>
    public Task<SyncRow?> FindAsync(long connectorId, Ksuid id, CancellationToken cancellationToken) => database.ReadAsync(async context
        => await context.Set<Sync>().SingleOrDefaultAsync(sync => sync.ConnectorId == connectorId && sync.PublicId == id, cancellationToken) is { } found ? SyncRow.Of(found) : null);
}
