using Baton.Sdk.Provisioning;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class ActionStatusHandler(ActionInvocations actions) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.ActionStatus;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.ActionStatus.Id.Length == 0)
        {
            return Task.FromResult<TaskOutcome>(new TaskOutcome.Failed(StatusCode.Unknown, "action id required", IsFinal: false));
        }

        var status = actions.Status(task.ActionStatus.Id);
        return Task.FromResult<TaskOutcome>(new TaskOutcome.Succeeded { Response = status, Annotations = status.Annotations });
    }
}
