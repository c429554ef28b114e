using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>Whether this process works on tickets (<c>--ticketing</c>). No connector of this SDK has any.</summary>
internal sealed record TicketGate(bool IsOpen)
{
    public Task<TaskOutcome> Refuse()
        => IsOpen
            ? throw new ConnectorException(StatusCode.Unimplemented, "ticket manager not implemented")
            : Task.FromResult<TaskOutcome>(new TaskOutcome.Failed(StatusCode.Unknown, "ticketing is not enabled", IsFinal: false));
}
