
namespace Podium.Benchmarks;

/// <summary>Two hundred connectors that wait for work: what they cost the server while there is none.</summary>
internal static class WaitingConnectors
{
    private const int Connectors = 200;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Target target, string executable)
    {
        using var podium = await ServedPodium.PrepareAsync(executable, target, Connectors);
        await podium.StartAsync("/connectors");
        using (var one = podium.Connector(0))
        {
            // The code that the calls need is compiled once, however many connectors there are.
            await one.HelloAsync("", CancellationToken.None);
            await one.TakeAsync(Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase.DeleteResource, CancellationToken.None);
        }

        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        var memory = Figures.Resident(podium.ProcessId);
        using var stop = new CancellationTokenSource();
        var ready = new CountdownEvent(Connectors);
        var calling = Enumerable.Range(0, Connectors).Select(index => CallAsync(podium, index, ready, stop.Token)).ToList();
        ready.Wait();

        // The first calls are over: what comes after a hello, and the code that they needed first.
        await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System);
        var before = podium.Cpu;
        await Task.Delay(Measured, TimeProvider.System);
        Figures.Print("waiting-cpu-percent", 100 * (podium.Cpu - before) / Measured);
        Figures.Print("waiting-memory", Figures.Resident(podium.ProcessId) - memory);
        await stop.CancelAsync();
        await Task.WhenAll(calling);
    }

    // As connectors do: one connection, and the next call after the answer to the last.
    private static async Task CallAsync(ServedPodium podium, int index, CountdownEvent ready, CancellationToken cancellationToken)
    {
        using var connector = podium.Connector(index, shares: true);
        try
        {
            await connector.HelloAsync("", cancellationToken);
            ready.Signal();
            while (true)
            {
                var answer = await connector.GetTaskAsync(cancellationToken);
                if (answer.Task.TaskTypeCase != Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase.None_)
                {
                    await connector.FailAsync(answer.Task.Id, Grpc.Core.StatusCode.FailedPrecondition, "provisioning is off", cancellationToken);
                }

                await Task.Delay(answer.NextPoll.ToTimeSpan(), TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception end) when (cancellationToken.IsCancellationRequested)
        {
            _ = end;
        }
    }
}
