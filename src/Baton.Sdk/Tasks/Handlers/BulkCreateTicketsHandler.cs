using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class BulkCreateTicketsHandler(TicketGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.BulkCreateTickets;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => task.BulkCreateTickets.TicketRequests.Count == 0 ? Task.FromResult<TaskOutcome>(TaskFailure.Malformed("malformed bulk create ticket task")) : gate.Refuse();
}
