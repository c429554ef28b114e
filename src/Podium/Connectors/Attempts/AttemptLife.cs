using Baton.Protocol.ConnectorApi.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Telemetry;
using FinalState = Baton.Protocol.ConnectorApi.V1.BatonServiceFinishTaskRequest.FinalStateOneofCase;
using Task = System.Threading.Tasks.Task;

namespace Podium.Connectors.Attempts;

/// <summary>What becomes of work after it was handed out: it lives by heartbeats, and ends once. Moves: docs/podium/states.md.</summary>
internal sealed class AttemptLife(Database database, TimeProvider clock, ConnectorServiceOptions options, IEnumerable<IAttemptFollower> followers)
{
    private const int LongestMessage = 2000;

    private readonly Dictionary<string, IAttemptFollower> _followers = followers.ToDictionary(follower => follower.Purpose, StringComparer.Ordinal);

    /// <summary>Keeps the attempt alive.</summary>
    /// <returns>Null where this connector has no such work; otherwise whether the process is to stop.</returns>
    public Task<bool?> HeartbeatAsync(long connectorId, string hostId, string id, CancellationToken cancellationToken)
        => database.WriteAsync<bool?>(
            async context =>
            {
                if (await FindAsync(context, connectorId, id, cancellationToken) is not { } attempt)
                {
                    return null;
                }

                if (attempt.State != AttemptState.Out || attempt.HostId != hostId)
                {
                    return true;
                }

                attempt.Until = clock.Now() + (attempt.Kind == AttemptKind.SyncFull ? options.SyncLife : options.SilentLife);
                return attempt.CancelRequested;
            },
            cancellationToken);

    /// <summary>Takes the word of a process for how its work ended. The same word a second time changes nothing.</summary>
    public Task<FinishResult> FinishAsync(long connectorId, BatonServiceFinishTaskRequest request, CancellationToken cancellationToken)
        => database.WriteAsync(
            async context =>
            {
                // First the connector, everywhere: two transactions that lock in other orders would wait for each other.
                await context.LockAsync<Connector>(connectorId, cancellationToken);
                if (await FindAsync(context, connectorId, request.TaskId, cancellationToken) is not { } attempt)
                {
                    return FinishResult.Unknown;
                }

                if (attempt.Kind == AttemptKind.Hello)
                {
                    return FinishResult.WrongEnd;
                }

                return attempt.HostId != request.HostId ? FinishResult.NotTheirs
                    : attempt.State switch
                    {
                        AttemptState.Out => await EndAsync(context, attempt, request, cancellationToken),
                        AttemptState.Lost => await EndLateAsync(context, attempt, request, cancellationToken),
                        AttemptState.Done or AttemptState.Failed when attempt.Answer is { } answer && request.ToByteArray().AsSpan().SequenceEqual(answer)
                            => FinishResult.Accepted,
                        _ => FinishResult.NotTheirs,
                    };
            },
            cancellationToken);

    /// <summary>A hello that names a task ends it.</summary>
    public async Task<FinishResult> FinishHelloAsync(PodiumContext context, long connectorId, string hostId, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, connectorId, id, cancellationToken) is not { } attempt)
        {
            return FinishResult.Unknown;
        }

        if (attempt.Kind != AttemptKind.Hello)
        {
            return FinishResult.WrongEnd;
        }

        if (attempt.HostId != hostId || attempt.State is not (AttemptState.Out or AttemptState.Lost or AttemptState.Done))
        {
            return FinishResult.NotTheirs;
        }

        if (attempt.State != AttemptState.Done)
        {
            await CloseAsync(context, attempt, AttemptState.Done, cancellationToken);
        }

        return FinishResult.Accepted;
    }

    /// <summary>Ends an attempt that waits, and asks the process of one that is out to stop.</summary>
    public async Task CancelAsync(PodiumContext context, Attempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.State == AttemptState.Queued)
        {
            await CloseAsync(context, attempt, AttemptState.Cancelled, cancellationToken);
        }
        else if (attempt.State == AttemptState.Out)
        {
            attempt.CancelRequested = true;
        }
    }

    /// <summary>Gives up an attempt whose process will not be heard of again.</summary>
    public async Task LoseAsync(PodiumContext context, Attempt attempt, string reason, CancellationToken cancellationToken)
    {
        // A sync is good once its upload is here: connectors say that they are done once, and that word may have been lost.
        var isDone = attempt.Kind == AttemptKind.SyncFull
            && await context.Set<Sync>().AnyAsync(sync => sync.AttemptId == attempt.Id && sync.Sha256 != null, cancellationToken);
        attempt.ErrorMessage = isDone ? null : reason;
        await CloseAsync(context, attempt, isDone ? AttemptState.Done : attempt.CancelRequested ? AttemptState.Cancelled : AttemptState.Lost, cancellationToken);
    }

    /// <summary>Gives up everything that was handed out to a credential.</summary>
    public async Task LoseOfCredentialAsync(PodiumContext context, long credentialId, string reason, CancellationToken cancellationToken)
    {
        var lost = await context.Locked<Attempt>("credential_id = {0} AND state = 'Out'", credentialId).ToListAsync(cancellationToken);
        foreach (var attempt in lost)
        {
            await LoseAsync(context, attempt, reason, cancellationToken);
        }
    }

    /// <summary>Gives up whatever was silent for too long.</summary>
    /// <returns>The connectors that lost something.</returns>
    public async Task<IReadOnlyCollection<long>> LoseSilentAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var silent = await database.ReadAsync(context => context.Set<Attempt>()
            .Where(attempt => attempt.State == AttemptState.Out && attempt.Until < now)
            .Select(attempt => new { attempt.Id, attempt.ConnectorId })
            .ToListAsync(cancellationToken));
        foreach (var one in silent)
        {
            await database.WriteAsync(
                async context =>
                {
                    await context.LockAsync<Connector>(one.ConnectorId, cancellationToken);
                    if (await context.LockAsync<Attempt>(one.Id, cancellationToken) is { State: AttemptState.Out } attempt && attempt.Until < now)
                    {
                        await LoseAsync(context, attempt, $"{attempt.HostId} was not heard of since {attempt.Until - (attempt.Kind == AttemptKind.SyncFull ? options.SyncLife : options.SilentLife)}", cancellationToken);
                    }
                },
                cancellationToken);
        }

        return [.. silent.Select(one => one.ConnectorId).Distinct()];
    }

    private async Task<FinishResult> EndAsync(PodiumContext context, Attempt attempt, BatonServiceFinishTaskRequest request, CancellationToken cancellationToken)
    {
        attempt.Answer = request.ToByteArray();
        if (request.FinalStateCase == FinalState.Success)
        {
            if (attempt.Kind == AttemptKind.SyncFull && await context.Set<Sync>().AnyAsync(sync => sync.AttemptId == attempt.Id && sync.State == SyncState.Running, cancellationToken))
            {
                attempt.ErrorCode = (int)StatusCode.FailedPrecondition;
                attempt.ErrorMessage = "it said that it was done, and uploaded nothing";
                await CloseAsync(context, attempt, AttemptState.Failed, cancellationToken);
                return FinishResult.WithoutUpload;
            }

            await CloseAsync(context, attempt, AttemptState.Done, cancellationToken);
            return FinishResult.Accepted;
        }

        Note(attempt, request);
        var wasStopped = attempt.CancelRequested && request.Status.Code == (int)StatusCode.Cancelled;
        await CloseAsync(context, attempt, wasStopped ? AttemptState.Cancelled : AttemptState.Failed, cancellationToken);
        return FinishResult.Accepted;
    }

    private async Task<FinishResult> EndLateAsync(PodiumContext context, Attempt attempt, BatonServiceFinishTaskRequest request, CancellationToken cancellationToken)
    {
        if (request.FinalStateCase == FinalState.Error)
        {
            Note(attempt, request);
            return FinishResult.Accepted;
        }

        // Of a sync there is nothing to be had without its upload, which is not taken any more: the next one reads all of it again.
        if (attempt.Kind == AttemptKind.SyncFull)
        {
            return FinishResult.NotTheirs;
        }

        attempt.Answer = request.ToByteArray();
        attempt.ErrorCode = null;
        attempt.ErrorMessage = null;
        await CloseAsync(context, attempt, AttemptState.Done, cancellationToken);
        return FinishResult.Accepted;
    }

    private async Task CloseAsync(PodiumContext context, Attempt attempt, AttemptState state, CancellationToken cancellationToken)
    {
        attempt.State = state;
        attempt.EndedAt = clock.Now();
        context.Committed.Add(() => ServerTelemetry.Attempts.Add(1, new("kind", attempt.Kind), new("state", state.ToString().ToLowerInvariant())));
        attempt.Until = null;
        if (_followers.TryGetValue(attempt.Purpose, out var follower))
        {
            await follower.EndedAsync(context, attempt, cancellationToken);
        }
    }

    private static void Note(Attempt attempt, BatonServiceFinishTaskRequest request)
    {
        attempt.ErrorCode = request.Status.Code;
        attempt.ErrorMessage = request.Status.Message.Length > LongestMessage ? request.Status.Message[..LongestMessage] : request.Status.Message;
    }

    // Of another connector is as good as none: nobody learns which ids there are.
    private static Task<Attempt?> FindAsync(PodiumContext context, long connectorId, string id, CancellationToken cancellationToken)
        => context.Locked<Attempt>("public_id = {0}", id).FirstOrDefaultAsync(attempt => attempt.ConnectorId == connectorId, cancellationToken);
}
