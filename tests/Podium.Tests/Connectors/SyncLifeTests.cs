using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Tests.Data;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Podium.Tests.Connectors;

public sealed class SyncLifeTests
{
    private static readonly byte[] File = [.. "C1Z3\0"u8, 1, 2, 3];

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Schedule_FirstHello_SyncsAtOnceAndThenByTheInterval(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var first = await NextSyncAsync(rig);
        await SucceedAsync(rig, first);
        await rig.WaitUntilAsync(() => IsDueInAnHourAsync(rig));

        _clock.Advance(TimeSpan.FromHours(1));
        var second = await NextSyncAsync(rig);

        Assert.NotEqual(first, second);
        Assert.True((await rig.SyncAsync(second)).AsOf > (await rig.SyncAsync(first)).AsOf);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Schedule_NextWasWantedWhileTheLastIsApplied_IsNotPutOff(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var first = await NextSyncAsync(rig);
        rig.Inventory.Before = _ => rig.Database.WriteAsync(
            async context => { (await context.LockAsync<Connector>(rig.ConnectorId, Cancellation))!.NextSyncAt = Moment.From(_clock.GetUtcNow()); }, Cancellation);
        await SucceedAsync(rig, first);
        rig.Inventory.Before = _ => Task.CompletedTask;

        Assert.NotEqual(first, await NextSyncAsync(rig));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sync_ClockSetBack_IsLaterAllTheSame(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var first = await NextSyncAsync(rig);
        await SucceedAsync(rig, first);
        var late = (await rig.SyncAsync(first)).AsOf!.Value + TimeSpan.FromDays(1);
        await rig.Database.WriteAsync(async context => { (await context.LockAsync<Connector>(rig.ConnectorId, Cancellation))!.InventoryAsOf = late; }, Cancellation);
        await rig.AskForSyncAsync();

        var second = await NextSyncAsync(rig);

        Assert.Equal(new Moment(late.Microseconds + 1), (await rig.SyncAsync(second)).AsOf);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sync_ThreeHeartbeatsMissed_IsLostAndTriedAgain(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var first = await NextSyncAsync(rig);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False((await rig.Raw.HeartbeatAsync(first, Cancellation)).Cancelled);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False((await rig.Raw.HeartbeatAsync(first, Cancellation)).Cancelled);

        _clock.Advance(TimeSpan.FromSeconds(32));
        await rig.WaitForSyncAsync(first, SyncState.Failed);

        Assert.True((await rig.Raw.HeartbeatAsync(first, Cancellation)).Cancelled);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => rig.Raw.UploadAsync(first, File, Cancellation))).StatusCode);
        Assert.Contains("fell silent", (await rig.ConnectorAsync()).Error, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(first, await NextSyncAsync(rig));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sync_UploadedAndThenSilent_IsNotLost(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var sync = await NextSyncAsync(rig);
        await rig.Raw.UploadAsync(sync, File, Cancellation);
        await rig.WaitForSyncAsync(sync, SyncState.Applied);

        _clock.Advance(TimeSpan.FromSeconds(35));

        await rig.WaitUntilAsync(async () => (await rig.AttemptAsync(sync)).State == AttemptState.Done);
        Assert.Equal(0, (await rig.ConnectorAsync()).FailedSyncs);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Attempt_SilentForSixMinutes_IsLostAndALateSuccessCounts(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        await rig.GiveAsync(new BatonTask { ActionListSchemas = new() });
        var task = await rig.Raw.TakeAsync(TaskType.ActionListSchemas, Cancellation);

        _clock.Advance(TimeSpan.FromMinutes(5.9));
        Assert.Equal(AttemptState.Out, (await rig.AttemptAsync(task.Id)).State);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await rig.WaitUntilAsync(async () => (await rig.AttemptAsync(task.Id)).State == AttemptState.Lost);

        await rig.Raw.FinishAsync(task.Id, Cancellation);
        Assert.Equal(AttemptState.Done, (await rig.AttemptAsync(task.Id)).State);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Pause_SyncRuns_StopsItAndResumeSyncsAgain(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var sync = await NextSyncAsync(rig);

        await rig.Get<PauseConnector>().RunAsync(rig.ConnectorId, Actor.System, Cancellation);

        Assert.Equal(SyncState.Cancelled, (await rig.SyncAsync(sync)).State);
        Assert.True((await rig.Raw.HeartbeatAsync(sync, Cancellation)).Cancelled);
        var idle = await rig.Raw.GetTaskAsync(Cancellation);
        Assert.Equal((TaskType.None_, TimeSpan.FromSeconds(30)), (idle.Task.TaskTypeCase, idle.NextPoll.ToTimeSpan()));
        await rig.Raw.FailAsync(sync, StatusCode.Cancelled, "stopped", Cancellation);
        Assert.Equal(AttemptState.Cancelled, (await rig.AttemptAsync(sync)).State);
        await Assert.ThrowsAsync<Refusal>(() => rig.AskForSyncAsync());

        await rig.Get<ResumeConnector>().RunAsync(rig.ConnectorId, Actor.System, Cancellation);
        Assert.NotEqual(sync, await NextSyncAsync(rig));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Resume_ProcessHasNotStoppedYet_SyncsWhenItHas(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var sync = await NextSyncAsync(rig);
        await rig.Get<PauseConnector>().RunAsync(rig.ConnectorId, Actor.System, Cancellation);
        await rig.Get<ResumeConnector>().RunAsync(rig.ConnectorId, Actor.System, Cancellation);
        Assert.Null(await rig.AskForSyncAsync());
        await rig.Raw.FailAsync(sync, StatusCode.Cancelled, "stopped", Cancellation);

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.NotEqual(sync, await NextSyncAsync(rig));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Failure_ThreeInARow_BacksOffTellsAndRecovers(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        foreach (var (minutes, number) in new[] { (1, 1), (2, 2), (4, 3) })
        {
            var sync = await NextSyncAsync(rig);
            await rig.Raw.FailAsync(sync, StatusCode.Unauthenticated, "validate failed: 401", Cancellation);
            var failing = await rig.ConnectorAsync();
            Assert.Equal((number, Moment.From(_clock.GetUtcNow()) + TimeSpan.FromMinutes(minutes)), (failing.FailedSyncs, failing.NextSyncAt));
            Assert.Contains("credentials", failing.Error, StringComparison.Ordinal);
            Assert.Contains("validate failed: 401", failing.Error, StringComparison.Ordinal);
            _clock.Advance(TimeSpan.FromMinutes(minutes));
        }

        Assert.Single(await rig.AuditAsync(), line => line.StartsWith("connector.failing", StringComparison.Ordinal));
        await SucceedAsync(rig, await NextSyncAsync(rig));
        await rig.WaitUntilAsync(async () => (await rig.ConnectorAsync()).FailedSyncs == 0);

        var connector = await rig.ConnectorAsync();
        Assert.Equal((0, null, null), (connector.FailedSyncs, connector.FailingSince, connector.Error));
        Assert.Single(await rig.AuditAsync(), line => line.StartsWith("connector.recovered", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_Rejected_CountsAsFailedAndHeldDoesNot(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        rig.Inventory.Decide = _ => SyncState.Rejected;
        await SucceedAsync(rig, await NextSyncAsync(rig), SyncState.Rejected);
        await rig.WaitUntilAsync(async () => (await rig.ConnectorAsync()).FailedSyncs == 1);

        rig.Inventory.Decide = _ => SyncState.Held;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SucceedAsync(rig, await NextSyncAsync(rig), SyncState.Held);

        await rig.WaitUntilAsync(() => IsDueInAnHourAsync(rig));
        Assert.Equal(0, (await rig.ConnectorAsync()).FailedSyncs);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_FailsUnexpectedly_IsTriedAgainAndThenRejected(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, _clock);
        await rig.Raw.HelloAsync("", Cancellation);
        var tries = 0;
        rig.Inventory.Before = _ =>
        {
            tries++;
            throw new IOException("the disk is full");
        };
        var sync = await NextSyncAsync(rig);
        await rig.Raw.UploadAsync(sync, File, Cancellation);
        await rig.Raw.FinishAsync(sync, Cancellation);

        await rig.WaitUntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(61));
            return (await rig.SyncAsync(sync)).State == SyncState.Rejected;
        });

        Assert.Equal(5, tries);
        Assert.Contains("the disk is full", (await rig.SyncAsync(sync)).Reason, StringComparison.Ordinal);
    }

    // To the second: a look for what is due that began before may have set it, by its own time.
    private async Task<bool> IsDueInAnHourAsync(ConnectorRig rig)
        => (await rig.ConnectorAsync()).NextSyncAt is { } next && (Moment.From(_clock.GetUtcNow()) + TimeSpan.FromHours(1) - next).Duration() < TimeSpan.FromSeconds(1);

    private async Task<string> NextSyncAsync(ConnectorRig rig)
    {
        var taken = rig.Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        while (!taken.IsCompleted)
        {
            // What is due by now is found by the tick of a second; a heartbeat is not missed by that.
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await rig.WaitUntilAsync(() => Task.FromResult(true));
            await Task.WhenAny(taken, rig.Get<Podium.Connectors.Syncs.SyncSchedule>().RunDueAsync(Cancellation));
        }

        return (await taken).Id;
    }

    private static async Task SucceedAsync(ConnectorRig rig, string sync, SyncState expected = SyncState.Applied)
    {
        await rig.Raw.UploadAsync(sync, File, Cancellation);
        await rig.Raw.FinishAsync(sync, Cancellation);
        await rig.WaitForSyncAsync(sync, expected);
    }
}
