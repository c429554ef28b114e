using Baton.Sdk.Telemetry;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Connectors;

/// <summary>
/// Waits out what passes by itself: a second more each time in a row, or as long as the target system asked for, a minute at most.
/// Progress starts the count anew. It gives up after a limit of failures in a row, since nobody is served by a sync that waits for ever
/// for a server that is gone. Requests that are under way together fail together, and count as one failure: whoever fails while others
/// wait joins them. Thread-safe.
/// </summary>
public sealed partial class RetryPolicy(int limit, TimeProvider time, ILogger logger)
{
    public const int DefaultLimit = 10;

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _resumeAt;

    /// <summary>Something was achieved that a later failure does not undo.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            _failures = 0;
        }
    }

    /// <summary>Returns when the request may be repeated.</summary>
    /// <exception cref="ConnectorException">The failure again: it does not pass, or has not passed for too long.</exception>
    public async Task WaitAsync(ConnectorException failure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (!failure.IsTransient)
        {
            throw failure;
        }

        var wait = Count(failure);
        LogRetrying(failure.Message, wait.TotalSeconds);
        ConnectorTelemetry.RetryWait.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("baton.retry.reason", failure.RateLimit is null ? "transient" : "rate_limit"));
        await Task.Delay(wait, time, cancellationToken);
    }

    /// <summary>Lets a second pass, in which what was written is seen everywhere that it is read.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);

    /// <summary>Runs an action until it succeeds or the policy gives up.</summary>
    public Task RunAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        return RunAsync(CompleteAsync, cancellationToken);

        async Task<bool> CompleteAsync()
        {
            await action();
            return true;
        }
    }

    /// <inheritdoc cref="RunAsync(Func{Task}, CancellationToken)"/>
    public async Task<T> RunAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        while (true)
        {
            try
            {
                var result = await action();
                Succeeded();
                return result;
            }
            catch (ConnectorException failure) when (failure.IsTransient)
            {
                await WaitAsync(failure, cancellationToken);
            }
        }
    }

    private TimeSpan Count(ConnectorException failure)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var joins = _failures > 0 && now < _resumeAt;
            if (!joins && ++_failures > limit)
            {
                throw new ConnectorException(failure.Code, $"{failure.Message} (gave up after {limit} attempts in a row)", failure);
            }

            var resumeAt = joins && failure.RateLimit is null ? _resumeAt : now + WaitBefore(_failures, failure.RateLimit, now);
            _resumeAt = joins && _resumeAt > resumeAt ? _resumeAt : resumeAt;
            return _resumeAt - now;
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
