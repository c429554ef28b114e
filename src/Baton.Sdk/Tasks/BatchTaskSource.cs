using Baton.Sdk.Tasks.Transport;
using Baton.Sdk.Telemetry;
using Microsoft.Extensions.Logging;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>
/// Asks for several tasks at once (<c>GetTasks</c>, with <c>BATON_GET_TASKS</c>) and keeps some in hand: it asks when fewer are queued or
/// worked on than can be worked on, and then for twice as many.
/// </summary>
internal sealed partial class BatchTaskSource(PlatformClient platform, int concurrency, TimeProvider time, ILogger logger) : ITaskSource
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<ServiceTask> _queue = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private DateTimeOffset _askAgainAt = DateTimeOffset.MinValue;

    public async Task<PolledTask> NextAsync(CancellationToken cancellationToken)
    {
        var task = Take();
        if (IsAskDue())
        {
            try
            {
                await AskAsync(cancellationToken);
            }
            catch (PlatformException failure) when (task is not null)
            {
                // There is work all the same.
                LogNotTopped(failure.Message);
            }

            task ??= Take();
        }

        return new(task, task is null ? Pause() : TimeSpan.Zero);
    }

    public void Done(string taskId)
    {
        lock (_gate)
        {
            _known.Remove(taskId);
        }
    }

    private bool IsAskDue()
    {
        lock (_gate)
        {
            return _known.Count < concurrency && time.GetUtcNow() >= _askAgainAt;
        }
    }

    private ServiceTask? Take()
    {
        lock (_gate)
        {
            if (!_queue.TryDequeue(out var task))
            {
                return null;
            }

            ConnectorTelemetry.TasksQueued.Add(-1);
            return task;
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        string[] known;
        lock (_gate)
        {
            known = [.. _known];
        }

        var answer = await platform.GetTasksAsync((2 * concurrency) - known.Length, known, cancellationToken);
        lock (_gate)
        {
            _askAgainAt = time.GetUtcNow() + SingleTaskSource.Pause(answer.NextPoll);
            foreach (var task in answer.Tasks)
            {
                if (task.TaskTypeCase != ServiceTask.TaskTypeOneofCase.None_ && (task.Id.Length == 0 || _known.Add(task.Id)))
                {
                    _queue.Enqueue(task);
                    ConnectorTelemetry.TasksQueued.Add(1);
                }
            }
        }
    }

    private TimeSpan Pause()
    {
        lock (_gate)
        {
            var left = _askAgainAt - time.GetUtcNow();
            return left < Shortest ? Shortest : left;
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "cannot ask for more tasks")]
    private partial void LogNotTopped(string error);
}
