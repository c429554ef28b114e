using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;

namespace Podium.Tests.Connectors;

/// <summary>Stands in for the inventory: takes what it is given, says how the syncs end, and counts how often each of them was applied.</summary>
internal sealed class AppliedSyncs(Database database)
{
    private readonly ConcurrentQueue<(long SyncId, byte[] Content)> _applied = new();

    public IReadOnlyCollection<(long SyncId, byte[] Content)> Applied => _applied;

    /// <summary>What becomes of a sync.</summary>
    public Func<Sync, SyncState> Decide { get; set; } = _ => SyncState.Applied;

    /// <summary>Comes before everything else: a test holds the worker here, or makes it fail.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async Task ApplyAsync(long syncId, string path, CancellationToken cancellationToken)
    {
        await Before(cancellationToken);
        var content = await File.ReadAllBytesAsync(path, cancellationToken);
        await database.WriteAsync(
            async context =>
            {
                var sync = await context.Set<Sync>().FirstAsync(one => one.Id == syncId, cancellationToken);
                if (sync.State is not (SyncState.Received or SyncState.Applying))
                {
                    return;
                }

                sync.State = Decide(sync);
                if (sync.State == SyncState.Applied)
                {
                    var connector = await context.Set<Connector>().FirstAsync(one => one.Id == sync.ConnectorId, cancellationToken);
                    connector.InventoryAsOf = sync.AsOf;
                    connector.InventoryVersion++;
                }
                else
                {
                    sync.Reason = "the test wants it";
                }

                _applied.Enqueue((syncId, content));
            },
            cancellationToken);
    }
}
