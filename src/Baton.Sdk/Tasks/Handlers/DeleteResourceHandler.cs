using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class DeleteResourceHandler(ResourceDeletion deletion, ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.DeleteResource;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.DeleteResource?.ResourceId is not { ResourceType.Length: > 0, Resource.Length: > 0 } id)
        {
            return TaskFailure.Malformed("malformed delete resource task");
        }

        gate.Require();
        var request = new DeleteResourceRequest { ResourceId = id, ParentResourceId = task.DeleteResource.ParentResourceId };
        var done = await deletion.DeleteAsync(request, new Change(), cancellationToken);
        return new TaskOutcome.Succeeded { Response = done.Response, Annotations = done.Response.Annotations };
    }
}
