using Baton.Sdk.Connectors;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>No connector of this SDK creates resources other than accounts.</summary>
internal sealed class CreateResourceHandler(ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.CreateResource;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.CreateResource?.Resource is not { } resource)
        {
            return Task.FromResult<TaskOutcome>(TaskFailure.Malformed("malformed create resource task"));
        }

        gate.Require();
        throw new ConnectorException(StatusCode.Unimplemented, $"resource type {resource.Id?.ResourceType} does not have resource Create() configured");
    }
}
