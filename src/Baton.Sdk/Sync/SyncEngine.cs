using Baton.Sdk.Connectors;
using Baton.Sdk.Sync.Phases;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync;

/// <summary>Runs a plan to its end, or until it is cancelled or fails; the plan then says what is left.</summary>
internal sealed partial class SyncEngine(ILogger logger, TimeProvider time)
{
    /// <summary>How many subjects run between two looks at the plan.</summary>
    private const int BatchSize = 100;

    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<SyncOperation, ISyncPhase> _phases = new ISyncPhase[]
    {
        new InitPhase(),
        new ResourceTypesPhase(),
        new ResourcesPhase(),
        new StaticEntitlementsPhase(),
        new EntitlementsPhase(),
        new GrantsPhase(),
        new ExternalResourcesPhase(logger),
        new ExpansionPhase(logger),
        new TargetedResourcePhase(),
    }.ToDictionary(phase => phase.Operation);

    public async Task RunAsync(SyncSession session, CancellationToken cancellationToken)
    {
        var checkpointed = time.GetTimestamp();
        using var span = new PhaseSpan();
        while (session.Plan.Current is { } current)
        {
            cancellationToken.ThrowIfCancellationRequested();
            session.Warnings.Check(session.Plan.CompletedActions);
            if (time.GetElapsedTime(checkpointed) >= CheckpointInterval)
            {
                Checkpoint(session);
                checkpointed = time.GetTimestamp();
            }

            span.Enter(current.Operation);
            await AdvanceAsync(session, current, cancellationToken);
        }

        span.End();

        session.Warnings.Check(session.Plan.CompletedActions);
    }

    public static void Checkpoint(SyncSession session) => session.Writer.Checkpoint(SyncPlanToken.Write(session.Plan, session.Quality));

    private async Task AdvanceAsync(SyncSession session, SyncAction current, CancellationToken cancellationToken)
    {
        var phase = _phases[current.Operation];
        session.Progress.Start(current.Operation);
        if (!current.HasSubject)
        {
            await session.Retries.RunAsync(() => phase.PlanAsync(session, current, cancellationToken), cancellationToken);
            return;
        }

        var batch = session.Plan.Batch(BatchSize);
        LogBatch(batch.Count, session.Options.Workers);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = session.Options.Workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batch, parallel, async (action, stop) => await RunAsync(session, phase, action, stop));
    }

    private static async Task RunAsync(SyncSession session, ISyncPhase phase, SyncAction action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await phase.RunAsync(session, action, cancellationToken);
                return;
            }
            catch (ConnectorException failure) when (failure.IsTransient)
            {
                await session.Retries.WaitAsync(failure, cancellationToken);

                // Pages that were stored meanwhile are not asked for again.
                action = session.Plan.Find(action.Id) ?? action;
            }
            catch (ConnectorException failure) when (failure.Code == StatusCode.NotFound)
            {
                session.Warnings.Skipped(action, failure.Message);
                session.Plan.Finish(action);
                return;
            }
        }
    }

    [LoggerMessage(EventId = 1041, Level = LogLevel.Information, Message = "syncing in parallel")]
    private partial void LogBatch(int actions, int workers);
}
