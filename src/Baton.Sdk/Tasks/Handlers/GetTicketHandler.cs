using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class GetTicketHandler(TicketGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.GetTicket;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => task.GetTicket.TicketId.Length == 0 ? Task.FromResult<TaskOutcome>(TaskFailure.Malformed("malformed get ticket task")) : gate.Refuse();
}
