using Baton.Sdk.Provisioning;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class ActionListSchemasHandler(ActionInvocations actions) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.ActionListSchemas;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => Task.FromResult<TaskOutcome>(new TaskOutcome.Succeeded { Response = actions.List(task.ActionListSchemas.ResourceTypeId) });
}
