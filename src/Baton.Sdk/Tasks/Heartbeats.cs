using Baton.Protocol.ConnectorApi.V1;
using Baton.Sdk.Tasks.Transport;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Tasks;

/// <summary>
/// Tells the platform, from time to time, that a task is still worked on, and learns that it has been taken back. Too many failures in a
/// row count as taken back: the platform will have given the task to somebody else.
/// </summary>
/// <param name="taskId">The task.</param>
/// <param name="platform">The platform.</param>
/// <param name="cancelTask">Called once when the task is not to be worked on any more.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are said.</param>
internal sealed partial class Heartbeats(string taskId, PlatformClient platform, Action cancelTask, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    public const int MostFailures = 9;

    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new();
    private System.Threading.Tasks.Task? _beating;

    /// <summary>Whether the platform took the task back.</summary>
    public bool IsWithdrawn { get; private set; }

    /// <summary>Begins with a first one right now, whose answer is waited for.</summary>
    /// <exception cref="PlatformException">There is none.</exception>
    /// <exception cref="TaskNotBegunException">It is that the task was taken back.</exception>
    public async System.Threading.Tasks.Task BeginAsync(CancellationToken cancellationToken)
    {
        var answer = await FirstAsync(cancellationToken);
        if (answer.Cancelled)
        {
            IsWithdrawn = true;
            throw new TaskNotBegunException("the platform took the task back");
        }

        _beating ??= BeatAsync(Interval(answer.NextHeartbeat));
    }

    /// <summary>Begins without a first one: most tasks are over before one would be due.</summary>
    public void BeginLater() => _beating ??= BeatAsync(Default);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_beating is { } beating)
        {
            await beating;
        }

        _stop.Dispose();
    }

    internal static TimeSpan Interval(Duration? next)
    {
        var wanted = next?.ToTimeSpan() ?? TimeSpan.Zero;
        return wanted <= TimeSpan.Zero ? Default
            : wanted < Shortest ? Shortest
            : wanted > Longest ? Longest
            : wanted;
    }

    // The connection is one that all calls share, and may have broken under another of them.
    private async Task<BatonServiceHeartbeatResponse> FirstAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await platform.HeartbeatAsync(taskId, cancellationToken);
        }
        catch (PlatformException broken) when (broken.Failure == PlatformFailure.Unreachable)
        {
            return await platform.HeartbeatAsync(taskId, cancellationToken);
        }
    }

    private async System.Threading.Tasks.Task BeatAsync(TimeSpan interval)
    {
        try
        {
            for (var failures = 0; failures < MostFailures;)
            {
                await System.Threading.Tasks.Task.Delay(interval, time, _stop.Token);
                try
                {
                    var answer = await platform.HeartbeatAsync(taskId, _stop.Token);
                    if (answer.Cancelled)
                    {
                        LogWithdrawn(taskId);
                        break;
                    }

                    failures = 0;
                    interval = Interval(answer.NextHeartbeat);
                }
                catch (PlatformException failure)
                {
                    LogFailed(taskId, failure.Message, ++failures);
                }
            }

            IsWithdrawn = true;
            cancelTask();
        }
        catch (OperationCanceledException)
        {
            // The task is over.
        }
    }

    [LoggerMessage(EventId = 5021, Level = LogLevel.Warning, Message = "the platform took the task back")]
    private partial void LogWithdrawn(string taskId);

    [LoggerMessage(EventId = 5022, Level = LogLevel.Warning, Message = "heartbeat failed")]
    private partial void LogFailed(string taskId, string error, int failuresInARow);
}
