using System.Collections.Concurrent;
using Podium.Data;

namespace Podium.Connectors.Attempts;

/// <summary>
/// Wakes the calls of a connector that are held. A hint and no more: who is woken looks into the database, and who is not is found by the tick of a
/// second (<see cref="ConnectorClockwork"/>).
/// </summary>
internal sealed class WorkSignal(Database database)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _waits = new();

    /// <summary>The connectors for which somebody waits in this process.</summary>
    public IReadOnlyCollection<long> Waiting => [.. _waits.Keys];

    /// <summary>Ends when there may be work. Taken before the look into the database, so that nothing falls between.</summary>
    public Task NextAsync(long connectorId)
        => _waits.GetOrAdd(connectorId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes the calls that this process holds.</summary>
    public void Wake(long connectorId)
    {
        if (_waits.TryRemove(connectorId, out var wait))
        {
            wait.TrySetResult();
        }
    }

    /// <summary>After a commit: wakes the calls of this process, and of the other replicas.</summary>
    public async Task AnnounceAsync(long connectorId, CancellationToken cancellationToken)
    {
        Wake(connectorId);
        if (database.Kind == DatabaseKind.PostgreSql)
        {
            await WorkNotices.SendAsync(database, $"{connectorId}", cancellationToken);
        }
    }
}
