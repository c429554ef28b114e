using Baton.Sdk.Tasks;
using Baton.Testing.ControlPlane.Calls;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Tests.Tasks;

/// <summary>When heartbeats are sent, and when a task is given up for them.</summary>
public sealed class HeartbeatsTests
{
    private static readonly TimeSpan Said = TimeSpan.FromSeconds(7);

    [Theory]
    [InlineData(-1_000, 30_000)]
    [InlineData(0, 30_000)]
    [InlineData(1, 1_000)]
    [InlineData(1_000, 1_000)]
    [InlineData(7_000, 7_000)]
    [InlineData(300_000, 300_000)]
    [InlineData(300_001, 300_000)]
    public void Interval_WhatThePlatformSays_IsKeptWithinBounds(int said, int kept)
        => Assert.Equal(TimeSpan.FromMilliseconds(kept), Heartbeats.Interval(Duration.FromTimeSpan(TimeSpan.FromMilliseconds(said))));

    [Fact]
    public void Interval_NotSaid_IsHalfAMinute() => Assert.Equal(TimeSpan.FromSeconds(30), Heartbeats.Interval(next: null));

    [Fact]
    public async Task Beat_Intervals_AreThoseOfTheAnswerBefore()
    {
        var release = new TaskCompletionSource();
        await using var rig = await TaskRig.StartAsync(ScriptedHandler.OfSyncs(async (_, run, cancellationToken) =>
        {
            await run.BeatAsync(cancellationToken);
            await release.Task;
            return new TaskOutcome.Unreported("the test is over");
        }));
        rig.Platform.NextHeartbeat = TimeSpan.FromMilliseconds(1);
        var task = await rig.TakeAsync(new() { SyncFull = new() });

        var working = rig.WorkAsync(task);
        await rig.Platform.WaitForCallAsync(CallKind.Heartbeat, 1, rig.Patience);
        rig.Platform.NextHeartbeat = TimeSpan.FromHours(1);
        await rig.PassAsync(TimeSpan.FromSeconds(1));
        await rig.PassAsync(TimeSpan.FromMinutes(5));
        await rig.Platform.WaitForCallAsync(CallKind.Heartbeat, 3, rig.Patience);
        release.SetResult();
        await working.WaitAsync(rig.Patience);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)], rig.Between(CallKind.Heartbeat));
    }

    [Fact]
    public async Task Beat_FailsNineTimesInARow_GivesTheTaskUp()
    {
        var handler = ScriptedHandler.OfSyncs(BeatUntilStoppedAsync);
        await using var rig = await TaskRig.StartAsync(handler);
        rig.Platform.NextHeartbeat = Said;
        rig.Platform.Faults.On(CallKind.Heartbeat).From(2).Fail(StatusCode.Unavailable);
        var task = await rig.TakeAsync(new() { SyncFull = new() });

        var working = rig.WorkAsync(task);
        for (var failure = 1; failure <= 9; failure++)
        {
            Assert.False(working.IsCompleted);
            await rig.PassAsync(Said);
        }

        await working.WaitAsync(rig.Patience);

        Assert.Equal(1 + 9, rig.Platform.Calls.Count(CallKind.Heartbeat));
        Assert.Equal((int)StatusCode.Cancelled, task.End!.Request!.Status.Code);
    }

    [Fact]
    public async Task Beat_IsAnsweredBetweenFailures_KeepsTheTask()
    {
        var release = new TaskCompletionSource();
        await using var rig = await TaskRig.StartAsync(ScriptedHandler.OfSyncs(async (_, run, cancellationToken) =>
        {
            await run.BeatAsync(cancellationToken);
            await release.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return new TaskOutcome.Unreported("the test is over");
        }));
        rig.Platform.NextHeartbeat = Said;
        rig.Platform.Faults.On(call => call.Kind == CallKind.Heartbeat).Between(2, 9).Fail(StatusCode.Unavailable);
        rig.Platform.Faults.On(call => call.Kind == CallKind.Heartbeat).Between(3, 10).Fail(StatusCode.Unavailable);
        var task = await rig.TakeAsync(new() { SyncFull = new() });

        var working = rig.WorkAsync(task);
        for (var beat = 2; beat <= 19; beat++)
        {
            await rig.PassAsync(Said);
        }

        await rig.Platform.WaitForCallAsync(CallKind.Heartbeat, 19, rig.Patience);
        release.SetResult();
        await working.WaitAsync(rig.Patience);

        Assert.Equal(3, rig.Platform.Calls.Of(CallKind.Heartbeat).Count(call => call.Status == "OK"));
        Assert.Equal(0, rig.Platform.Calls.Count(CallKind.FinishTask));
    }

    [Fact]
    public async Task Beat_TaskIsCancelled_StopsTheHandler()
    {
        await using var rig = await TaskRig.StartAsync(ScriptedHandler.OfSyncs(BeatUntilStoppedAsync));
        rig.Platform.NextHeartbeat = Said;
        rig.Platform.Faults.On(CallKind.Heartbeat).Nth(2).CancelTask();
        var task = await rig.TakeAsync(new() { SyncFull = new() });

        var working = rig.WorkAsync(task);
        await rig.PassAsync(Said);
        await working.WaitAsync(rig.Patience);

        Assert.Equal(2, rig.Platform.Calls.Count(CallKind.Heartbeat));
        Assert.Equal((int)StatusCode.Cancelled, task.End!.Request!.Status.Code);
    }

    [Fact]
    public async Task Beat_TaskIsCancelledBeforeItIsBegun_NothingIsDoneAndNothingReported()
    {
        var wentOn = false;
        await using var rig = await TaskRig.StartAsync(ScriptedHandler.OfSyncs(async (_, run, cancellationToken) =>
        {
            await run.BeatAsync(cancellationToken);
            wentOn = true;
            return new TaskOutcome.Succeeded();
        }));
        var task = await rig.TakeAsync(new() { SyncFull = new() });
        task.Cancel();

        await rig.WorkAsync(task);

        Assert.False(wentOn);
        Assert.Equal((1, 0), (rig.Platform.Calls.Count(CallKind.Heartbeat), rig.Platform.Calls.Count(CallKind.FinishTask)));
    }

    private static async Task<TaskOutcome> BeatUntilStoppedAsync(Protocol.ConnectorApi.V1.Task task, TaskRun run, CancellationToken cancellationToken)
    {
        await run.BeatAsync(cancellationToken);
        return await ScriptedHandler.UntilStoppedAsync(cancellationToken);
    }
}
