using Baton.Sdk.Tasks.Transport;
using Baton.Sdk.Telemetry;
using Microsoft.Extensions.Logging;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>
/// Asks for tasks and has them worked on, a few at once, until the process is asked to stop; then lets what was begun come to its end.
/// </summary>
internal sealed partial class TaskLoop(
    ITaskSource source, TaskWorker worker, TaskJournal journal, int concurrency, TimeSpan shutdownTimeout, TimeProvider time, ILogger logger)
{
    // Once more with another token.
    private static readonly TimeSpan LongestPoll = new CallLimits().GetTask * 2;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    public async System.Threading.Tasks.Task RunAsync(CancellationToken stopping)
    {
        using var abandon = new CancellationTokenSource();
        using var slots = new SemaphoreSlim(concurrency, concurrency);
        var underWay = new List<System.Threading.Tasks.Task>();
        try
        {
            await PollAsync(slots, underWay, stopping, abandon.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopping(underWay.Count(task => !task.IsCompleted));
        }

        await DrainAsync(underWay, abandon);
    }

    private async System.Threading.Tasks.Task PollAsync(
        SemaphoreSlim slots, List<System.Threading.Tasks.Task> underWay, CancellationToken stopping, CancellationToken abandon)
    {
        var pause = TimeSpan.Zero;
        for (var failures = 0; ;)
        {
            if (pause > TimeSpan.Zero)
            {
                journal.Liveness.Expect(pause);
                await System.Threading.Tasks.Task.Delay(pause, time, stopping);
            }

            journal.Liveness.ExpectTasks();
            await slots.WaitAsync(stopping);
            journal.Liveness.Expect(LongestPoll);
            ServiceTask? task = null;
            try
            {
                (task, pause) = await source.NextAsync(stopping);
                failures = 0;
                journal.PlatformAnswered();
            }
            catch (PlatformException failure)
            {
                failures++;
                pause = PauseAfter(failures);
                journal.PlatformFailed(failure.Message);
                ConnectorTelemetry.PollFailures.Add(1, new KeyValuePair<string, object?>("error.type", failure.Code.ToString()));
                LogPollFailed(failure.Message, failure.Code.ToString(), pause.TotalSeconds);
            }
            finally
            {
                if (task is null)
                {
                    slots.Release();
                }
            }

            if (task is not null)
            {
                underWay.RemoveAll(earlier => earlier.IsCompleted);
                underWay.Add(WorkAsync(task, slots, stopping, abandon));
            }
        }
    }

    /// <summary>One second, four, nine, … a minute.</summary>
    internal static TimeSpan PauseAfter(int failures)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(failures, 60) * Math.Min(failures, 60));
        return pause < LongestPause ? pause : LongestPause;
    }

    private async System.Threading.Tasks.Task WorkAsync(ServiceTask task, SemaphoreSlim slots, CancellationToken stopping, CancellationToken abandon)
    {
        journal.Started();
        try
        {
            // Off this loop, which goes on polling: a handler may work for long before it first waits.
            await System.Threading.Tasks.Task.Run(() => worker.WorkAsync(task, stopping, abandon), CancellationToken.None);
        }
        finally
        {
            source.Done(task.Id);
            journal.Left();
            slots.Release();
            if (task.TaskTypeCase == ServiceTask.TaskTypeOneofCase.SyncFull && journal.Standing.TasksUnderWay == 0)
            {
                // What a sync needed would stay with the process for hours: where nothing is allocated, nothing is collected.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
    }

    private async System.Threading.Tasks.Task DrainAsync(List<System.Threading.Tasks.Task> underWay, CancellationTokenSource abandon)
    {
        journal.Liveness.Expect(shutdownTimeout);
        var rest = System.Threading.Tasks.Task.WhenAll(underWay);
        using var patience = new CancellationTokenSource();
        var timeout = System.Threading.Tasks.Task.Delay(shutdownTimeout, time, patience.Token);
        if (await System.Threading.Tasks.Task.WhenAny(rest, timeout) == timeout)
        {
            LogAbandoning(underWay.Count(task => !task.IsCompleted), shutdownTimeout.TotalSeconds);
            await abandon.CancelAsync();
        }

        await rest;
        await patience.CancelAsync();
    }

    [LoggerMessage(EventId = 5051, Level = LogLevel.Error, Message = "runner: error getting next task")]
    private partial void LogPollFailed(string error, string code, double wait);

    [LoggerMessage(EventId = 5052, Level = LogLevel.Information, Message = "stopping: no more tasks are asked for")]
    private partial void LogStopping(int tasksUnderWay);

    [LoggerMessage(EventId = 5053, Level = LogLevel.Warning, Message = "stopping: the time is over (--shutdown-timeout), what is not finished is abandoned")]
    private partial void LogAbandoning(int tasksUnderWay, double seconds);
}
