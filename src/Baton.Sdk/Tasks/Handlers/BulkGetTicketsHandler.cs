using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

internal sealed class BulkGetTicketsHandler(TicketGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.BulkGetTickets;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
        => task.BulkGetTickets.TicketRequests.Count == 0 ? Task.FromResult<TaskOutcome>(TaskFailure.Malformed("malformed bulk get tickets task")) : gate.Refuse();
}
