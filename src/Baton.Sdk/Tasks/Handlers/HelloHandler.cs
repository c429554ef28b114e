using Baton.Sdk.Tasks.Transport;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>Says hello once more. The hello with the task's id is the answer; nothing else is reported.</summary>
internal sealed class HelloHandler(Greeting greeting) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.Hello;

    public ShutdownConduct AtShutdown => ShutdownConduct.Checkpoint;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        try
        {
            await greeting.SayAsync(task.Id, cancellationToken);
            return new TaskOutcome.Unreported("answered by a hello");
        }
        catch (PlatformException failure)
        {
            return new TaskOutcome.Unreported($"the hello failed: {failure.Message}");
        }
    }
}
