using System.Collections.Concurrent;
using System.Diagnostics;

namespace Baton.Demo;

/// <summary>
/// Starts processes that the kernel ends when this one ends, however it ends. It looks at the thread that started them, so that there is one that
/// lives as long as the process.
/// </summary>
internal static class ChildThread
{
    private static readonly BlockingCollection<Action> Work = Begin();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
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

    private static BlockingCollection<Action> Begin()
    {
        var work = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "starts children",
        };
        thread.Start();
        return work;
    }
}
