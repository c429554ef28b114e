using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Hosted;
using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>The lines that the processes of a hosted connector wrote.</summary>
internal sealed class ConnectorLines(Database database)
{
    /// <summary>In the order in which they were written.</summary>
    /// <param name="connectorId">Whose.</param>
    /// <param name="after">Later than this id; null for the last <paramref name="count"/>.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<List<ConnectorLine>> OfAsync(long connectorId, long? after, int count, CancellationToken cancellationToken) => database.ReadAsync(async context =>
    {
        var lines = context.Set<ConnectorLine>().Where(line => line.ConnectorId == connectorId);
        if (after is not null)
        {
            return await lines.Where(line => line.Id > after).OrderBy(line => line.Id).Take(count).ToListAsync(cancellationToken);
        }

        var last = await lines.OrderByDescending(line => line.Id).Take(count).ToListAsync(cancellationToken);
        last.Reverse();
        return last;
    });
}
