using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class GrantHandler(GrantProvisioning provisioning, ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.Grant;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.Grant is not { Entitlement: not null, Principal: not null })
        {
            return TaskFailure.Malformed("malformed grant task");
        }

        gate.Require();
        var request = new GrantManagerServiceGrantRequest { Entitlement = task.Grant.Entitlement, Principal = task.Grant.Principal };
        var done = await provisioning.GrantAsync(request, new Change(), cancellationToken);
        return new TaskOutcome.Succeeded { Response = done.Response, Annotations = done.Response.Annotations };
    }
}
