using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Attempts;
using Podium.Data;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;

namespace Podium.Connectors.Syncs;

/// <summary>From the wish for a sync to its upload; what comes then is the inventory's. Moves: docs/podium/states.md.</summary>
internal sealed class SyncLife(AttemptQueue queue, TimeProvider clock) : IAttemptFollower
{
    public string Purpose => "sync";

    // Until the process says that it stopped, or is taken for dead, no other sync of the connector can be handed out.
    private static readonly TimeSpan Postponement = TimeSpan.FromSeconds(5);

    /// <summary>The sync that is open, or a new one; null when the process has not finished with the one before, and it is tried again in seconds.</summary>
    /// <param name="context">That of the transaction, which has <paramref name="connector"/> locked.</param>
    /// <param name="connector">Whose.</param>
    /// <param name="askedBy">The person; null when it is due.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<Sync?> RequestAsync(PodiumContext context, Connector connector, long? askedBy, CancellationToken cancellationToken)
    {
        var open = await (
            from attempt in context.Set<Attempt>()
            join sync in context.Set<Sync>() on attempt.Id equals sync.AttemptId
            where attempt.ConnectorId == connector.Id && (attempt.State == AttemptState.Queued || attempt.State == AttemptState.Out)
            select sync).FirstOrDefaultAsync(cancellationToken);
        if (open is not null)
        {
            connector.NextSyncAt = open.State.IsOpen() ? null : clock.Now() + Postponement;
            return open.State.IsOpen() ? open : null;
        }

        connector.NextSyncAt = null;

        var message = new BatonTask { SyncFull = new() };
        if (connector.SelectedTypes is { } selected)
        {
            message.SyncFull.SyncResourceTypeIds.AddRange(JsonSerializer.Deserialize<string[]>(selected) ?? []);
        }

        var added = queue.Add(context, connector.Id, message, Purpose);
        await context.SaveChangesAsync(cancellationToken);
        var wanted = new Sync { PublicId = added.PublicId, ConnectorId = connector.Id, AttemptId = added.Id, AskedBy = askedBy, QueuedAt = clock.Now() };
        context.Add(wanted);
        return wanted;
    }

    public async Task EndedAsync(PodiumContext context, Attempt attempt, CancellationToken cancellationToken)
    {
        var sync = await context.Locked<Sync>("attempt_id = {0}", attempt.Id).FirstOrDefaultAsync(cancellationToken);
        if (sync is not { State: SyncState.Queued or SyncState.Running })
        {
            // The upload is here, whatever became of the word after it; or it was cancelled.
            return;
        }

        var now = clock.Now();
        sync.EndedAt = now;
        context.Committed.Add(() => SyncTelemetry.Count(sync, now));
        if (attempt.State == AttemptState.Cancelled)
        {
            sync.State = SyncState.Cancelled;
            return;
        }

        sync.State = SyncState.Failed;
        sync.Reason = SyncFailure.Reason(attempt.ErrorCode, attempt.ErrorMessage);
        if (await context.LockAsync<Connector>(attempt.ConnectorId, cancellationToken) is { } connector)
        {
            SyncFailure.Note(context, connector, sync.Reason, now);
        }
    }

    /// <summary>Ends the sync that waits or runs, because the connector is paused or its settings are others now.</summary>
    public async Task CancelAsync(PodiumContext context, AttemptLife attempts, long connectorId, string reason, CancellationToken cancellationToken)
    {
        var open = await context
            .Locked<Attempt>("connector_id = {0} AND kind = 'sync_full' AND state IN ('Queued', 'Out')", connectorId)
            .ToListAsync(cancellationToken);
        foreach (var attempt in open)
        {
            var sync = await context.Locked<Sync>("attempt_id = {0}", attempt.Id).FirstOrDefaultAsync(cancellationToken);
            if (sync is { State: SyncState.Queued or SyncState.Running })
            {
                sync.State = SyncState.Cancelled;
                sync.Reason = reason;
                sync.EndedAt = clock.Now();
            }

            await attempts.CancelAsync(context, attempt, cancellationToken);
        }
    }
}
