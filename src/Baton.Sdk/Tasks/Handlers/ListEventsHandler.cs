using Baton.Sdk.Connectors;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>No connector of this SDK has event feeds, so none of the name that is asked for.</summary>
internal sealed class ListEventsHandler : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.ListEvents;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => throw new ConnectorException(StatusCode.NotFound, $"error: event feed id {task.ListEvents.EventFeedId} not found");
}
