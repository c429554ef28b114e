using Microsoft.Extensions.Logging;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>What the service did and how it stands, for its log, its health endpoints and its metrics. Thread-safe.</summary>
internal sealed partial class TaskJournal(TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private ServiceStanding _standing = new();

    /// <summary>Whether the service still does something.</summary>
    public Liveness Liveness { get; } = new(time);

    /// <summary>Called after each change, by the thread that made it; null for nobody.</summary>
    public Action? Changed { get; set; }

    /// <summary>As of now.</summary>
    public ServiceStanding Standing
    {
        get
        {
            lock (_gate)
            {
                return _standing;
            }
        }
    }

    public void HelloSaid() => Change(standing => standing with { LastHello = time.GetUtcNow(), PlatformError = null });

    public void PlatformAnswered() => Change(standing => standing with { LastPlatformAnswer = time.GetUtcNow(), PlatformError = null });

    public void PlatformFailed(string error) => Change(standing => standing with { PlatformError = error, PlatformFailedAt = time.GetUtcNow() });

    public void Synced() => Change(standing => standing with { LastSync = time.GetUtcNow() });

    public void Uploaded() => Change(standing => standing with { LastUpload = time.GetUtcNow() });

    public void Started() => Change(standing => standing with { TasksUnderWay = standing.TasksUnderWay + 1 });

    public void Left() => Change(standing => standing with { TasksUnderWay = standing.TasksUnderWay - 1 });

    public void Ended(ServiceTask task, TaskOutcome outcome, TimeSpan duration)
    {
        var ended = new EndedTask(task.Id, task.TaskTypeCase.ToString(), outcome, time.GetUtcNow(), duration);
        Change(standing => standing with { LastTask = ended });
        switch (outcome)
        {
            case TaskOutcome.Failed failed:
                LogFailed(ended.Id, ended.Kind, failed.Message, failed.Code.ToString(), failed.IsFinal, duration.TotalSeconds);
                break;
            case TaskOutcome.Unreported unreported:
                LogUnreported(ended.Id, ended.Kind, unreported.Reason);
                break;
            default:
                LogDone(ended.Id, ended.Kind, duration.TotalSeconds);
                break;
        }
    }

    private void Change(Func<ServiceStanding, ServiceStanding> change)
    {
        lock (_gate)
        {
            _standing = change(_standing);
        }

        Changed?.Invoke();
    }

    [LoggerMessage(EventId = 5041, Level = LogLevel.Information, Message = "task done")]
    private partial void LogDone(string taskId, string taskType, double duration);

    [LoggerMessage(EventId = 5042, Level = LogLevel.Error, Message = "runner: error processing task")]
    private partial void LogFailed(string taskId, string taskType, string error, string code, bool nonRetryable, double duration);

    [LoggerMessage(EventId = 5043, Level = LogLevel.Warning, Message = "task not finished")]
    private partial void LogUnreported(string taskId, string taskType, string reason);
}

/// <summary>How the service stands. Times are null for what has not happened yet.</summary>
internal sealed record ServiceStanding
{
    public DateTimeOffset? LastHello { get; init; }

    /// <summary>When the platform last answered a poll.</summary>
    public DateTimeOffset? LastPlatformAnswer { get; init; }

    /// <summary>Why the platform cannot be reached; null while it can.</summary>
    public string? PlatformError { get; init; }

    public DateTimeOffset? PlatformFailedAt { get; init; }

    public EndedTask? LastTask { get; init; }

    /// <summary>When a sync last was complete.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>When the platform last took a sync.</summary>
    public DateTimeOffset? LastUpload { get; init; }

    public int TasksUnderWay { get; init; }
}

/// <param name="Id">The platform's id.</param>
/// <param name="Kind">Such as <c>SyncFull</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="At">When.</param>
/// <param name="Duration">From its being handed out to its end.</param>
internal sealed record EndedTask(string Id, string Kind, TaskOutcome Outcome, DateTimeOffset At, TimeSpan Duration);
