using System.Collections.Concurrent;
using System.Diagnostics;

namespace Podium.Connectors.Hosted;

/// <summary>
/// Starts processes on one thread that lives as long as this server. The kernel's death signal follows the thread that started a process, not its
/// process: on a thread of the pool it would kill connectors whenever the pool shrinks.
/// </summary>
internal sealed class ChildStarter : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public ChildStarter() => new Thread(Run) { IsBackground = true, Name = "starts connectors" }.Start();

    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new IOException($"{start.FileName} did not start"));
            }
            catch (Exception failure)
            {
                started.SetException(failure);
            }
        });
        return started.Task;
    }

    // The thread ends with the process and not here: its end would kill what it started.
    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }

        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
