using Baton.Sdk.Provisioning;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class ActionGetSchemaHandler(ActionInvocations actions) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.ActionGetSchema;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => Task.FromResult<TaskOutcome>(task.ActionGetSchema.Name.Length == 0
            ? new TaskOutcome.Failed(StatusCode.Unknown, "action name required", IsFinal: false)
            : new TaskOutcome.Succeeded { Response = actions.Describe(task.ActionGetSchema.Name) });
}
