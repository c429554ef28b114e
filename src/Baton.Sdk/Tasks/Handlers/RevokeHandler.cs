using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class RevokeHandler(GrantProvisioning provisioning, ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.Revoke;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.Revoke?.Grant is null)
        {
            return TaskFailure.Malformed("invalid task type");
        }

        gate.Require();
        var done = await provisioning.RevokeAsync(new GrantManagerServiceRevokeRequest { Grant = task.Revoke.Grant }, new Change(), cancellationToken);
        return new TaskOutcome.Succeeded { Response = done.Response, Annotations = done.Response.Annotations };
    }
}
