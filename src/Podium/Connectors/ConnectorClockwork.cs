using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Attempts;
using Podium.Connectors.Hosted;
using Podium.Connectors.Syncs;
using Podium.Connectors.Uploads;
using Podium.Data;
using Podium.Freezing;
using Podium.Tokens;

namespace Podium.Connectors;

/// <summary>Looks every second at what is due. Whatever wakes others earlier is a convenience; this finds all of it, also what a killed process left.</summary>
internal sealed partial class ConnectorClockwork(
    Database database,
    TimeProvider clock,
    ConnectorServiceOptions options,
    AttemptLife attempts,
    SyncSchedule schedule,
    ReceivedSyncs received,
    ConnectorPresence presence,
    WorkSignal signal,
    AccessTokens tokens,
    UploadRetention uploads,
    LineStore lines,
    Freeze freeze,
    ILogger<ConnectorClockwork> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PresencePeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = clock.Now();
        Moment flushed = started, swept = default;
        using var timer = new PeriodicTimer(Tick, clock);
        do
        {
            try
            {
                var now = clock.Now();
                // While we were down nobody could be heard: who is out is given the time to speak.
                if (now - started > options.SyncLife)
                {
                    foreach (var id in await attempts.LoseSilentAsync(stoppingToken))
                    {
                        await signal.AnnounceAsync(id, stoppingToken);
                    }
                }

                await schedule.RunDueAsync(stoppingToken);
                await WakeDueAsync(now, stoppingToken);
                received.Wake();
                if (now - flushed >= PresencePeriod)
                {
                    flushed = now;
                    await presence.FlushAsync(stoppingToken);
                }

                if (now - swept >= SweepPeriod)
                {
                    swept = now;
                    await tokens.SweepAsync(stoppingToken);
                    if (!await freeze.IsOnAsync(stoppingToken))
                    {
                        await uploads.SweepAsync(stoppingToken);
                        await lines.SweepAsync(stoppingToken);
                    }
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // A database that is away for a while: the next tick finds the same work.
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WakeDueAsync(Moment now, CancellationToken cancellationToken)
    {
        var waiting = signal.Waiting;
        if (waiting.Count == 0)
        {
            return;
        }

        var due = await database.ReadAsync(context => context.Set<Attempt>()
            .Where(attempt => attempt.State == AttemptState.Queued && attempt.DueAt <= now).Select(attempt => attempt.ConnectorId).Distinct().ToListAsync(cancellationToken));
        foreach (var id in due.Intersect(waiting))
        {
            signal.Wake(id);
        }
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Error, Message = "What is due for connectors could not be done; it is tried again in a second")]
    private partial void LogFailed(Exception failure);
}
