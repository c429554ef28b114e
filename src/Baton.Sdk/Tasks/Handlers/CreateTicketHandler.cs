using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class CreateTicketHandler(TicketGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.CreateTicketTask;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => task.CreateTicketTask.TicketRequest is null ? Task.FromResult<TaskOutcome>(TaskFailure.Malformed("malformed create ticket task")) : gate.Refuse();
}
