using Baton.Sdk.Connectors;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>No connector of this SDK replaces credentials.</summary>
internal sealed class RotateCredentialsHandler(ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.RotateCredentials;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.RotateCredentials?.ResourceId is null)
        {
            return Task.FromResult<TaskOutcome>(TaskFailure.Malformed("malformed rotate credentials task"));
        }

        gate.Require();
        throw new ConnectorException(StatusCode.Unimplemented, "resource type does not have credential manager configured");
    }
}
