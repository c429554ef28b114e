using System.Net.Sockets;
using Baton.Testing.Grafana.Requests;
using Microsoft.AspNetCore.Connections.Features;

namespace Baton.Testing.Grafana.Faults;

/// <summary>The connection is reset.</summary>
internal sealed record ResetFault : Fault
{
    public override Task AnswerAsync(FaultCall call)
    {
        // Closing with nothing to linger for sends a reset instead of an orderly end.
        if (call.Http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }

        call.Http.Abort();
        return Task.CompletedTask;
    }
}

/// <summary>Silence until the client closes the connection.</summary>
internal sealed record HangFault : Fault
{
    public override async Task AnswerAsync(FaultCall call)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = call.ClientGone.Register(gone.SetResult);
        await gone.Task;
    }
}

/// <summary>Nothing goes wrong, but something happens first.</summary>
internal sealed record RunFirst(Func<GrafanaRequest, CancellationToken, Task> Action) : Fault
{
    public override Task AnswerAsync(FaultCall call) => Task.CompletedTask;
}
