using System.Collections.Concurrent;
using Baton.Sdk.Tasks;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tests.Tasks;

/// <summary>Works on tasks as a test says, and keeps which it was given.</summary>
internal sealed class ScriptedHandler(
    ServiceTask.TaskTypeOneofCase kind, ShutdownConduct atShutdown, Func<ServiceTask, TaskRun, CancellationToken, Task<TaskOutcome>> handle) : ITaskHandler
{
    private readonly ConcurrentQueue<string> _begun = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServiceTask.TaskTypeOneofCase Kind => kind;

    public ShutdownConduct AtShutdown => atShutdown;

    /// <summary>The ids of the tasks, in the order in which it was given them.</summary>
    public IReadOnlyList<string> Begun => [.. _begun];

    /// <summary>It was given a task.</summary>
    public Task Entered => _entered.Task;

    public static ScriptedHandler OfGrants(Func<ServiceTask, TaskRun, CancellationToken, Task<TaskOutcome>> handle)
        => new(ServiceTask.TaskTypeOneofCase.Grant, ShutdownConduct.Finish, handle);

    public static ScriptedHandler OfSyncs(Func<ServiceTask, TaskRun, CancellationToken, Task<TaskOutcome>> handle)
        => new(ServiceTask.TaskTypeOneofCase.SyncFull, ShutdownConduct.Checkpoint, handle);

    /// <summary>Works until somebody stops it.</summary>
    public static async Task<TaskOutcome> UntilStoppedAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return new TaskOutcome.Succeeded();
    }

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        _begun.Enqueue(task.Id);
        _entered.TrySetResult();
        return handle(task, run, cancellationToken);
    }
}
