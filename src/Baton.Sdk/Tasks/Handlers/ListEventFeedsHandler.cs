using Baton.Protocol.Connector.V2;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>No connector of this SDK has event feeds.</summary>
internal sealed class ListEventFeedsHandler : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.ListEventFeeds;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => Task.FromResult<TaskOutcome>(new TaskOutcome.Succeeded { Response = new ListEventFeedsResponse() });
}
