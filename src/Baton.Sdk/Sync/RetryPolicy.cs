using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync;

/// <summary>
/// Waits out what passes by itself: a second more each time in a row, or as long as the target system asked for, a minute at most. Any
/// page that comes through starts the count anew. It gives up after a limit of failures in a row, since nobody is served by a sync that
/// waits for ever for a server that is gone.
/// </summary>
internal sealed partial class RetryPolicy(int limit, TimeProvider time, ILogger logger)
{
    public const int DefaultLimit = 10;

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private int _failures;

    public void Succeeded() => Volatile.Write(ref _failures, 0);

    /// <summary>Returns when the request may be repeated.</summary>
    /// <exception cref="ConnectorException">The failure again: it does not pass, or has not passed for too long.</exception>
    public async Task WaitAsync(ConnectorException failure, CancellationToken cancellationToken)
    {
        if (!failure.IsTransient)
        {
            throw failure;
        }

        var attempt = Interlocked.Increment(ref _failures);
        if (attempt > limit)
        {
            throw new ConnectorException(failure.Code, $"{failure.Message} (gave up after {limit} attempts in a row)", failure);
        }

        var wait = WaitBefore(attempt, failure.RateLimit, time.GetUtcNow());
        LogRetrying(failure.Message, wait.TotalSeconds);
        await Task.Delay(wait, time, cancellationToken);
    }

    /// <summary>Runs an action until it succeeds or the policy gives up.</summary>
    public async Task RunAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await action();
                Succeeded();
                return;
            }
            catch (ConnectorException failure) when (failure.IsTransient)
            {
                await WaitAsync(failure, cancellationToken);
            }
        }
    }

    internal static TimeSpan WaitBefore(int attempt, RateLimit? limit, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(attempt);
        if (limit is not null && limit.ResetAt > now)
        {
            // With requests left, they are spread over what remains of the window.
            var untilReset = limit.ResetAt - now;
            wait = TimeSpan.FromSeconds(Math.Ceiling((limit.Remaining is { } left and > 0 ? untilReset / left : untilReset).TotalSeconds));
        }

        return wait < LongestWait ? wait : LongestWait;
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "retrying operation")]
    private partial void LogRetrying(string error, double wait);
}
