using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Uploads;
using Podium.Data;

namespace Podium.Connectors.Syncs;

/// <summary>
/// Hands each upload that is here to the inventory, one after the other. A process takes a sync for seconds at a time and says so again while it
/// works: what a process that was killed had taken is taken over by the next.
/// </summary>
internal sealed partial class ReceivedSyncs(Database database, IUploadStore store, TimeProvider clock, ApplySync apply, ILogger<ReceivedSyncs> logger)
    : BackgroundService
{
    private const int MostTries = 5;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<long, int> _tries = [];

    /// <summary>There may be one. Also called every second, for what other replicas received.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            // There is one process: whoever had taken them was killed.
            await database.WriteAsync(
                async context => { await context.Set<Sync>().Where(sync => sync.ApplyingUntil != null).ExecuteUpdateAsync(set => set.SetProperty(sync => sync.ApplyingUntil, (Moment?)null), stoppingToken); },
                stoppingToken);
        }

        Wake();
        await foreach (var _ in _wakes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                while (await TakeAsync(stoppingToken) is { } sync)
                {
                    await ApplyAsync(sync, stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // A database that is away for a while: the next wake, a second later, finds the same syncs.
                LogAway(failure.Message);
            }
        }
    }

    private Task<Sync?> TakeAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var now = clock.Now();
            var sync = await Waiting(context, now).FirstOrDefaultAsync(cancellationToken);
            sync?.ApplyingUntil = now + Turn;
            return sync;
        },
        cancellationToken);

    // Not SKIP LOCKED: a report of the end that comes with the upload holds the row for a moment, and must not hide it.
    private static IQueryable<Sync> Waiting(PodiumContext context, Moment now)
    {
        if (context.Database.IsNpgsql())
        {
            return context.Set<Sync>().FromSql(
                $"""
                SELECT * FROM sync WHERE state IN ('Received', 'Applying') AND (applying_until IS NULL OR applying_until < {now.Microseconds})
                ORDER BY received_at, id LIMIT 1 FOR UPDATE
                """);
        }

        return context.Set<Sync>()
            .Where(sync => (sync.State == SyncState.Received || sync.State == SyncState.Applying) && (sync.ApplyingUntil == null || sync.ApplyingUntil < now))
            .OrderBy(sync => sync.ReceivedAt).ThenBy(sync => sync.Id);
    }

    private async Task ApplyAsync(Sync sync, CancellationToken stoppingToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var renewing = RenewAsync(sync.Id, done.Token);
        string? failure = null;
        try
        {
            var name = await database.ReadAsync(context => context.Set<Upload>()
                .Where(upload => upload.AttemptId == sync.AttemptId && upload.Kind == UploadKind.C1z && upload.ErasedAt == null)
                .Select(upload => upload.Name).FirstAsync(stoppingToken));
            using var file = await store.OpenAsync(name, stoppingToken);
            await apply(sync.Id, file.Path, stoppingToken);
        }
        catch (Exception wrong) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it was, the other connectors' syncs go on.
            LogFailed(wrong, sync.PublicId);
            failure = wrong.Message;
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }

        await ConcludeAsync(sync.Id, failure, stoppingToken);
    }

    private async Task RenewAsync(long id, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await RenewOnceAsync(id, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RenewOnceAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                async context =>
                {
                    Moment? until = clock.Now() + Turn;
                    await context.Set<Sync>().Where(sync => sync.Id == id).ExecuteUpdateAsync(set => set.SetProperty(sync => sync.ApplyingUntil, until), cancellationToken);
                },
                cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Another may take it over now, which does no harm: it is applied once.
            LogAway(failure.Message);
        }
    }

    private async Task ConcludeAsync(long id, string? failure, CancellationToken cancellationToken)
    {
        _tries[id] = failure is null ? 0 : _tries.GetValueOrDefault(id) + 1;
        await database.WriteAsync(
            async context =>
            {
                var connectorId = await context.Set<Sync>().Where(one => one.Id == id).Select(one => one.ConnectorId).FirstAsync(cancellationToken);
                var connector = await context.LockAsync<Connector>(connectorId, cancellationToken);
                var sync = (await context.LockAsync<Sync>(id, cancellationToken))!;
                var now = clock.Now();
                if (failure is not null && sync.State is SyncState.Received or SyncState.Applying)
                {
                    if (_tries[id] < MostTries)
                    {
                        sync.ApplyingUntil = now + Turn;
                        return;
                    }

                    (sync.State, sync.Reason) = (SyncState.Rejected, $"It could not be brought into the inventory, see the server's log: {failure}");
                }

                sync.ApplyingUntil = null;
                context.Committed.Add(() => SyncTelemetry.Count(sync, now));
                sync.EndedAt ??= sync.State is SyncState.Held ? null : now;
                if (connector is { DeletedAt: null })
                {
                    Schedule(context, connector, sync, now);
                }
            },
            cancellationToken);
    }

    private static void Schedule(PodiumContext context, Connector connector, Sync sync, Moment now)
    {
        switch (sync.State)
        {
            case SyncState.Applied or SyncState.Held:
                SyncFailure.Clear(context, connector, now);
                // Somebody may have wanted the next one meanwhile, by other settings for example.
                connector.NextSyncAt ??= SyncTimes.Of(connector).Next(now);
                break;
            case SyncState.Rejected:
                SyncFailure.Note(context, connector, sync.Reason ?? "The sync was not applied.", now);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Sync {Sync} could not be brought into the inventory")]
    private partial void LogFailed(Exception failure, Ksuid sync);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "Uploads could not be seen to; it is tried again: {Reason}")]
    private partial void LogAway(string reason);
}
