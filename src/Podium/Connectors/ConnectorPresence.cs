using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Connectors;

/// <summary>
/// When each connector was last heard. Kept in memory and written every few seconds for all of them together: a write for each call of each
/// connector would be most of what the database does.
/// </summary>
internal sealed class ConnectorPresence(Database database, TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, Moment> _heard = new();
    private readonly ConcurrentDictionary<long, bool> _known = new();

    /// <summary>A call came. The first one of a connector is written at once, since its first sync waits for it.</summary>
    public async Task NoteAsync(long connectorId, CancellationToken cancellationToken)
    {
        _heard[connectorId] = clock.Now();
        if (_known.TryAdd(connectorId, true))
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var heard = _heard.ToArray();
        if (heard.Length == 0)
        {
            return;
        }

        await database.WriteAsync(
            async context =>
            {
                // In one order, so that two replicas do not wait for each other.
                foreach (var (id, at) in heard.OrderBy(one => one.Key))
                {
                    Moment? seen = at;
                    await context.Set<Connector>()
                        .Where(connector => connector.Id == id && (connector.LastSeenAt == null || connector.LastSeenAt < at))
                        .ExecuteUpdateAsync(set => set.SetProperty(connector => connector.LastSeenAt, seen), cancellationToken);
                }
            },
            cancellationToken);
        foreach (var one in heard)
        {
            _heard.TryRemove(one);
        }
    }
}
