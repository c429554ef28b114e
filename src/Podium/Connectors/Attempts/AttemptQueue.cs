using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Syncs;
using Podium.Data;
using Podium.Freezing;
using Podium.Telemetry;
using Podium.Tokens;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Connectors.Attempts;

/// <summary>The work that waits for connectors. Each piece is handed out to one process, however many of a connector ask, on however many replicas.</summary>
internal sealed class AttemptQueue(Database database, TimeProvider clock, TokenClock tokenClock, ConnectorServiceOptions options, Freeze freeze)
{
    /// <summary>Adds to the transaction that <paramref name="context"/> is in; after its commit, <see cref="WorkSignal.AnnounceAsync"/>.</summary>
    /// <param name="context">That of the transaction.</param>
    /// <param name="connectorId">Whose work it is.</param>
    /// <param name="task">Its id is set: it names this attempt on the wire.</param>
    /// <param name="purpose">Of the <see cref="IAttemptFollower"/> that is told how it ended.</param>
    /// <param name="due">Not handed out before; null for at once.</param>
    public Attempt Add(PodiumContext context, long connectorId, BatonTask task, string purpose, Moment? due = null)
    {
        var now = clock.Now();
        var id = Ksuid.New(clock);
        task.Id = id.ToString();
        var attempt = new Attempt
        {
            PublicId = id,
            ConnectorId = connectorId,
            Kind = AttemptKind.Of(task),
            Purpose = purpose,
            Payload = task.ToByteArray(),
            QueuedAt = now,
            DueAt = due ?? now,
        };
        context.Add(attempt);
        return attempt;
    }

    /// <summary>Hands out what is due, changes before a sync, the oldest first.</summary>
    /// <param name="holder">Who asks.</param>
    /// <param name="connectorId">The connector that it speaks for.</param>
    /// <param name="hostId">Which process of it.</param>
    /// <param name="wanted">At most so many.</param>
    /// <param name="known">Ids that the process has already.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<Claim> ClaimAsync(
        TokenHolder holder, long connectorId, string hostId, int wanted, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        // A server that was restored reads, and changes nothing.
        var isFrozen = await freeze.IsOnAsync(cancellationToken);
        var waits = await database.ReadAsync(context => context.Set<Connector>()
            .Where(connector => connector.Id == connectorId)
            .Select(connector => new
            {
                connector.PausedAt,
                Any = context.Set<Attempt>().Any(attempt => attempt.ConnectorId == connectorId && attempt.State == AttemptState.Queued && attempt.DueAt <= now && (!isFrozen || attempt.Kind == AttemptKind.SyncFull)),
            })
            .FirstAsync(cancellationToken));
        return waits.PausedAt is not null ? Claim.Paused
            : !waits.Any ? Claim.Nothing
            : await database.WriteAsync(context => TakeAsync(context, holder, connectorId, hostId, wanted, known, isFrozen, cancellationToken), cancellationToken);
    }

    private async Task<Claim> TakeAsync(
        PodiumContext context, TokenHolder holder, long connectorId, string hostId, int wanted, IReadOnlyCollection<string> known, bool isFrozen, CancellationToken cancellationToken)
    {
        // Locked, so that a pause or a revocation comes before all of this or after it.
        var connector = await context.LockAsync<Connector>(connectorId, cancellationToken);
        var credential = await context.LockAsync<ClientCredential>(holder.CredentialId, cancellationToken);
        if (connector is not { PausedAt: null, DeletedAt: null } || credential?.IsGood(tokenClock.Time.Now()) != true)
        {
            return Claim.Paused;
        }

        var now = clock.Now();
        var handedOut = new List<BatonTask>();
        foreach (var attempt in await Due(context, connectorId, now, isFrozen, wanted + known.Count).ToListAsync(cancellationToken))
        {
            if (handedOut.Count == wanted || known.Contains(attempt.PublicId.ToString(), StringComparer.Ordinal))
            {
                continue;
            }

            attempt.State = AttemptState.Out;
            context.Committed.Add(() => ServerTelemetry.Attempts.Add(1, new("kind", attempt.Kind), new("state", "out")));
            attempt.HostId = hostId;
            attempt.CredentialId = holder.CredentialId;
            attempt.HandedOutAt = now;
            attempt.Until = now + (attempt.Kind == AttemptKind.SyncFull ? options.SyncLife : options.SilentLife);
            if (attempt.Kind == AttemptKind.SyncFull)
            {
                await SyncStart.BeginAsync(context, connector, attempt, now, cancellationToken);
            }

            handedOut.Add(BatonTask.Parser.ParseFrom(attempt.Payload));
        }

        return new(handedOut, IsPaused: false);
    }

    private static IQueryable<Attempt> Due(PodiumContext context, long connectorId, Moment now, bool onlySyncs, int most)
    {
        if (context.Database.IsNpgsql())
        {
            return context.Set<Attempt>().FromSql(
                $"""
                SELECT * FROM attempt WHERE connector_id = {connectorId} AND state = 'Queued' AND due_at <= {now.Microseconds} AND (kind = 'sync_full' OR NOT {onlySyncs})
                ORDER BY CASE WHEN kind = 'sync_full' THEN 1 ELSE 0 END, due_at, id LIMIT {most} FOR UPDATE SKIP LOCKED
                """);
        }

        return context.Set<Attempt>()
            .Where(attempt => attempt.ConnectorId == connectorId && attempt.State == AttemptState.Queued && attempt.DueAt <= now && (!onlySyncs || attempt.Kind == AttemptKind.SyncFull))
            .OrderBy(attempt => attempt.Kind == AttemptKind.SyncFull ? 1 : 0).ThenBy(attempt => attempt.DueAt).ThenBy(attempt => attempt.Id)
            .Take(most);
    }
}
