using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Hosted;
using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>What happened to a connector, newest first: its syncs, and the lines that its process wrote.</summary>
internal sealed class ConnectorLog(Database database)
{
    /// <param name="connectorId">Whose.</param>
    /// <param name="before">Older than this id; null for the newest.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<IReadOnlyList<SyncRow>> SyncsAsync(long connectorId, long? before, int count, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var rows = await context.Set<Sync>()
            .Where(sync => sync.ConnectorId == connectorId && (before == null || sync.Id < before))
            .OrderByDescending(sync => sync.Id).Take(count).ToListAsync(cancellationToken);
        return rows.ConvertAll(SyncRow.Of);
    }

    /// <summary>Lines in the order in which they were written.</summary>
    /// <param name="connectorId">Whose.</param>
    /// <param name="after">Later than this id; null for the last <paramref name="count"/>.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<IReadOnlyList<ConnectorLine>> LinesAsync(long connectorId, long? after, int count, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var lines = context.Set<ConnectorLine>().Where(line => line.ConnectorId == connectorId);
        if (after is not null)
        {
            return await lines.Where(line => line.Id > after).OrderBy(line => line.Id).Take(count).ToListAsync(cancellationToken);
        }

        var last = await lines.OrderByDescending(line => line.Id).Take(count).ToListAsync(cancellationToken);
        last.Reverse();
        return last;
    }
}
