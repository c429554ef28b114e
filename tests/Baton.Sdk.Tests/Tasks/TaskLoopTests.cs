using Baton.Sdk.Tasks;
using Baton.Testing.ControlPlane.Calls;
using Grpc.Core;

namespace Baton.Sdk.Tests.Tasks;

/// <summary>When the loop asks for tasks, and what becomes of those under way when it stops.</summary>
public sealed class TaskLoopTests
{
    private static readonly TaskOutcome Done = new TaskOutcome.Succeeded();

    [Theory]
    [InlineData(null, 1_000)]
    [InlineData(0, 1_000)]
    [InlineData(10, 100)]
    [InlineData(7_000, 7_000)]
    [InlineData(300_000, 300_000)]
    [InlineData(3_600_000, 300_000)]
    public async Task Run_NothingToDo_AsksAgainWhenThePlatformSays(int? said, int waited)
    {
        await using var rig = await TaskRig.StartAsync();
        rig.Platform.NextPoll = said is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

        var running = rig.RunAsync();
        await rig.PassAsync(TimeSpan.FromMilliseconds(waited));
        await rig.Platform.WaitForCallAsync(CallKind.GetTask, 2, rig.Patience);
        rig.Stop();
        await running;

        Assert.Equal([TimeSpan.FromMilliseconds(waited)], rig.Between(CallKind.GetTask));
    }

    [Fact]
    public async Task Run_PlatformFails_WaitsLongerUpToAMinuteAndBeginsAnewAfterAnAnswer()
    {
        await using var rig = await TaskRig.StartAsync();
        rig.Platform.NextPoll = TimeSpan.FromSeconds(2);
        rig.Platform.Faults.On(CallKind.GetTask).Between(1, 9).Fail(StatusCode.Unavailable);
        rig.Platform.Faults.On(CallKind.GetTask).Nth(2).Fail(StatusCode.Internal);
        int[] pauses = [1, 4, 9, 16, 25, 36, 49, 60, 60, 2, 1];

        var running = rig.RunAsync();
        foreach (var pause in pauses)
        {
            await rig.PassAsync(TimeSpan.FromSeconds(pause));
        }

        await rig.Platform.WaitForCallAsync(CallKind.GetTask, pauses.Length + 1, rig.Patience);
        rig.Stop();
        await running;

        Assert.Equal(pauses.Select(pause => TimeSpan.FromSeconds(pause)), rig.Between(CallKind.GetTask));
    }

    [Fact]
    public async Task Run_EverySlotIsTaken_DoesNotAsk()
    {
        using var free = new SemaphoreSlim(0);
        using var begun = new SemaphoreSlim(0);
        var handler = ScriptedHandler.OfGrants(async (_, _, cancellationToken) =>
        {
            begun.Release();
            await free.WaitAsync(cancellationToken);
            return new TaskOutcome.Unreported("it is nobody's");
        });
        await using var rig = await TaskRig.StartAsync(handler);
        var source = new CountingSource(enough: 4);

        var running = rig.RunAsync(source, concurrency: 2);
        await begun.WaitAsync(rig.Patience);
        await begun.WaitAsync(rig.Patience);
        Assert.Equal([0, 1], source.UnderWay);
        free.Release();
        await begun.WaitAsync(rig.Patience);
        Assert.Equal([0, 1, 1], source.UnderWay);
        free.Release(3);
        await source.Exhausted.WaitAsync(rig.Patience);
        rig.Stop();
        await running;

        Assert.Equal(4, handler.Begun.Count);
        Assert.All(source.UnderWay, count => Assert.InRange(count, 0, 1));
        Assert.Equal(0, rig.Journal.Standing.TasksUnderWay);
    }

    [Fact]
    public async Task Run_Stopped_EndsWhatKeepsItsProgressAndLetsTheRestFinish()
    {
        var release = new TaskCompletionSource();
        var cancelledTooEarly = false;
        var sync = ScriptedHandler.OfSyncs((_, _, cancellationToken) => ScriptedHandler.UntilStoppedAsync(cancellationToken));
        var grant = ScriptedHandler.OfGrants(async (_, _, cancellationToken) =>
        {
            await release.Task;
            cancelledTooEarly = cancellationToken.IsCancellationRequested;
            return Done;
        });
        await using var rig = await TaskRig.StartAsync(sync, grant);
        var synced = rig.Platform.Tasks.Add(new() { SyncFull = new() });
        var granted = rig.Platform.Tasks.Add(new() { Grant = new() });
        var never = rig.Platform.Tasks.Add(new() { Grant = new() });

        var running = rig.RunAsync(concurrency: 2);
        await Task.WhenAll(sync.Entered, grant.Entered).WaitAsync(rig.Patience);
        var syncLeft = new TaskCompletionSource();
        rig.Journal.Changed = () =>
        {
            if (rig.Journal.Standing.TasksUnderWay == 1)
            {
                syncLeft.TrySetResult();
            }
        };
        rig.Stop();
        await syncLeft.Task.WaitAsync(rig.Patience);
        Assert.False(running.IsCompleted);
        release.SetResult();
        await running.WaitAsync(rig.Patience);

        Assert.True(granted.End is { Succeeded: true });
        Assert.False(cancelledTooEarly);
        Assert.False(synced.HasEnded);
        Assert.True(never.IsQueued);
    }

    [Fact]
    public async Task Run_StoppedForTooLong_AbandonsWhatIsLeftAndReportsNothing()
    {
        var grant = ScriptedHandler.OfGrants((_, _, cancellationToken) => ScriptedHandler.UntilStoppedAsync(cancellationToken));
        await using var rig = await TaskRig.StartAsync(grant);
        var task = rig.Platform.Tasks.Add(new() { Grant = new() });

        var running = rig.RunAsync();
        await grant.Entered.WaitAsync(rig.Patience);
        rig.Stop();
        await rig.PassAsync(TaskRig.ShutdownTimeout);
        await running.WaitAsync(rig.Patience);

        Assert.False(task.HasEnded);
        Assert.Equal(0, rig.Platform.Calls.Count(CallKind.FinishTask));
    }

    [Fact]
    public async Task Run_HandlerHasABug_IsReportedAsInternalAndTheNextTaskIsWorkedOn()
    {
        var calls = 0;
        var grant = ScriptedHandler.OfGrants((_, _, _) => Interlocked.Increment(ref calls) == 1
            ? throw new InvalidOperationException("what only the log may know")
            : Task.FromResult(Done));
        await using var rig = await TaskRig.StartAsync(grant);
        var broken = rig.Platform.Tasks.Add(new() { Grant = new() });
        var next = rig.Platform.Tasks.Add(new() { Grant = new() });

        var running = rig.RunAsync();
        var end = await rig.Platform.WaitForFinishAsync(broken.Id, rig.Patience);
        Assert.True((await rig.Platform.WaitForFinishAsync(next.Id, rig.Patience)).Succeeded);
        rig.Stop();
        await running.WaitAsync(rig.Patience);

        Assert.Equal((int)StatusCode.Internal, end.Request!.Status.Code);
        Assert.Contains("InvalidOperationException", end.Request.Status.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("only the log", end.Request.ToString(), StringComparison.Ordinal);
    }
}
