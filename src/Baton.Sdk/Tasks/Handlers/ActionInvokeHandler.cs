using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>Invokes an action. Actions change things, so they take <c>--provisioning</c> here, which upstream does not ask for.</summary>
internal sealed class ActionInvokeHandler(ActionInvocations actions, ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.ActionInvoke;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.ActionInvoke.Name.Length == 0)
        {
            return new TaskOutcome.Failed(StatusCode.Unknown, "action name required", IsFinal: false);
        }

        if (actions.Has(task.ActionInvoke.Name))
        {
            gate.Require();
        }

        var request = new InvokeActionRequest { Name = task.ActionInvoke.Name, Args = task.ActionInvoke.Args, ResourceTypeId = task.ActionInvoke.ResourceTypeId };
        var done = await actions.InvokeAsync(request, new Change(), cancellationToken);
        return done.Response.Status == BatonActionStatus.Failed
            ? new TaskOutcome.Failed(StatusCode.Unknown, done.Summary.Length > 0 ? done.Summary : "action failed", IsFinal: false)
            : new TaskOutcome.Succeeded { Response = done.Response, Annotations = done.Response.Annotations };
    }
}
