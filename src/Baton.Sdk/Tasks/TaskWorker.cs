using Baton.Configuration.Secrets;
using Baton.Sdk.Connectors;
using Baton.Sdk.Tasks.Transport;
using Microsoft.Extensions.Logging;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;
using TaskKind = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Baton.Sdk.Tasks;

/// <summary>Works on one task from beginning to end: finds its handler, keeps the platform informed, and reports how it ended.</summary>
internal sealed partial class TaskWorker
{
    private readonly Dictionary<TaskKind, ITaskHandler> _handlers;
    private readonly PlatformClient _platform;
    private readonly TaskReports _reports;
    private readonly TaskJournal _journal;
    private readonly DebugLog _debugLog;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public TaskWorker(
        IEnumerable<ITaskHandler> handlers, PlatformClient platform, TaskJournal journal, DebugLog debugLog, Redactor redactor, TimeProvider time, ILogger logger)
    {
        _debugLog = debugLog;
        _handlers = handlers.ToDictionary(handler => handler.Kind);
        _reports = new(platform, redactor, time, logger);
        (_platform, _journal, _time, _logger) = (platform, journal, time, logger);
    }

    /// <summary>Throws nothing: whatever happens to a task is said to the platform or in the log.</summary>
    /// <param name="task">The task.</param>
    /// <param name="stopping">The process was asked to stop: what keeps its progress stops now.</param>
    /// <param name="abandon">The process ends: everything stops now.</param>
    public async System.Threading.Tasks.Task WorkAsync(ServiceTask task, CancellationToken stopping, CancellationToken abandon)
    {
        try
        {
            if (_reports.Unconfirmed(task.Id) is { } earlier)
            {
                LogReportedAgain(task.Id);
                await _reports.SendAsync(earlier, abandon);
                return;
            }

            var started = _time.GetTimestamp();
            using var measured = new MeasuredTask(task.TaskTypeCase, _time);
            var outcome = await RunAsync(task, stopping, abandon);
            measured.End(outcome);
            _journal.Ended(task, outcome, _time.GetElapsedTime(started));
            if (TaskReports.Describe(task.Id, outcome) is { } report)
            {
                await _reports.SendAsync(report, abandon);
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            LogAbandoned(task.Id, task.TaskTypeCase.ToString());
        }
    }

    private async Task<TaskOutcome> RunAsync(ServiceTask task, CancellationToken stopping, CancellationToken abandon)
    {
        if (!_handlers.TryGetValue(task.TaskTypeCase, out var handler))
        {
            return new TaskOutcome.Failed(Grpc.Core.StatusCode.Unknown, "unsupported task type", IsFinal: false);
        }

        using var kept = _debugLog.Begin(task);
        LogStarted(task.Id, task.TaskTypeCase.ToString());
        using var withdrawn = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            withdrawn.Token, handler.AtShutdown == ShutdownConduct.Finish ? abandon : stopping);
        await using var heartbeats = new Heartbeats(task.Id, _platform, withdrawn.Cancel, _time, _logger);
        if (handler.AtShutdown == ShutdownConduct.Finish && task.TaskTypeCase != TaskKind.Hello)
        {
            heartbeats.BeginLater();
        }

        try
        {
            return await handler.HandleAsync(task, new TaskRun(task.Id, _platform, heartbeats, stopping) { DebugLogPath = kept?.Path }, either.Token);
        }
        catch (TaskNotBegunException reason)
        {
            return new TaskOutcome.Unreported(reason.Message);
        }
        catch (OperationCanceledException) when (!withdrawn.IsCancellationRequested && stopping.IsCancellationRequested)
        {
            return new TaskOutcome.Unreported("the process is stopping; the platform hands the task out again");
        }
        catch (Exception failure)
        {
            // The one place where any failure ends: it must not take the other tasks along.
            if (failure is not (ConnectorException or PlatformException or Sync.SyncException or C1z.C1zException or OperationCanceledException))
            {
                LogBug(failure, task.Id);
            }

            return TaskFailure.Of(task.TaskTypeCase, failure);
        }
    }

    [LoggerMessage(EventId = 5031, Level = LogLevel.Information, Message = "working on task")]
    private partial void LogStarted(string taskId, string taskType);

    [LoggerMessage(EventId = 5032, Level = LogLevel.Warning, Message = "task abandoned: the process ends")]
    private partial void LogAbandoned(string taskId, string taskType);

    [LoggerMessage(EventId = 5033, Level = LogLevel.Information, Message = "the task was done before; telling the platform again how it ended")]
    private partial void LogReportedAgain(string taskId);

    [LoggerMessage(EventId = 5034, Level = LogLevel.Error, Message = "unexpected failure of a task")]
    private partial void LogBug(Exception failure, string taskId);
}
