using Podium.Data;

namespace Podium.Backups;

/// <summary>Looks each minute whether the backup of this night is there. One that could not be made is tried again, and said.</summary>
internal sealed partial class NightlyBackups(OwnBackups backups, Database database, TimeProvider clock, ILogger<NightlyBackups> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Kind != DatabaseKind.Sqlite)
        {
            return;
        }

        Moment notBefore = default;
        using var timer = new PeriodicTimer(Look, clock);
        do
        {
            if (clock.Now() < notBefore)
            {
                continue;
            }

            try
            {
                if (await backups.RunNightlyAsync(stoppingToken) is { } path)
                {
                    LogMade(path);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure.Message);
                notBefore = clock.Now() + Pause;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "The backup of this night is in {Path}")]
    private partial void LogMade(string path);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Error, Message = "The backup of this night could not be made; it is tried again in half an hour: {Reason}")]
    private partial void LogFailed(string reason);
}
