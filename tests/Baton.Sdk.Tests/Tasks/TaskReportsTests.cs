using Baton.Sdk.Tasks;
using Baton.Testing.ControlPlane.Calls;
using Grpc.Core;

namespace Baton.Sdk.Tests.Tasks;

/// <summary>A task ends once, whatever becomes of the report.</summary>
public sealed class TaskReportsTests
{
    [Fact]
    public async Task Report_AnswerIsLost_IsNotSentAgainUntilTheTaskIsHandedOutAgain()
    {
        var handler = ScriptedHandler.OfGrants((_, _, _) => Task.FromResult<TaskOutcome>(new TaskOutcome.Succeeded()));
        await using var rig = await TaskRig.StartAsync(handler);
        var task = await rig.TakeAsync(new() { Grant = new() });
        rig.Platform.Faults.On(CallKind.FinishTask).Once().CutOff();

        await rig.WorkAsync(task);
        Assert.Equal(1, rig.Platform.Calls.Count(CallKind.FinishTask));
        Assert.False(task.HasEnded);

        task.Requeue();
        await rig.Client.GetTaskAsync(rig.Patience);
        await rig.WorkAsync(task);

        Assert.True(task.End is { Succeeded: true });
        Assert.Equal([task.Id], handler.Begun);
        var reports = rig.Platform.Calls.Of(CallKind.FinishTask);
        Assert.Equal(2, reports.Count);
        Assert.Equal(reports[0].Request, reports[1].Request);
    }

    [Fact]
    public async Task Report_ArrivedButTheAnswerIsLost_EndsTheTaskOnce()
    {
        var handler = ScriptedHandler.OfGrants((_, _, _) => Task.FromResult<TaskOutcome>(new TaskOutcome.Succeeded()));
        await using var rig = await TaskRig.StartAsync(handler);
        var task = await rig.TakeAsync(new() { Grant = new() });
        rig.Platform.Faults.On(CallKind.FinishTask).Once().AfterEffect().CutOff();

        await rig.WorkAsync(task);

        Assert.True(task.End is { Succeeded: true });
        Assert.Equal((1, 0), (rig.Platform.Calls.Count(CallKind.FinishTask), task.RefusedEnds));
    }

    [Fact]
    public async Task Report_NeverLeft_IsSentUntilItDoes()
    {
        var handler = ScriptedHandler.OfGrants((_, _, _) => Task.FromResult<TaskOutcome>(new TaskOutcome.Succeeded()));
        await using var rig = await TaskRig.StartAsync(handler);
        var task = await rig.TakeAsync(new() { Grant = new() });
        rig.Platform.Tokens.RevokeAll();
        rig.Platform.Faults.On(CallKind.Token).Between(1, 2).Fail(StatusCode.Unavailable);

        var working = rig.WorkAsync(task);
        await rig.PassAsync(TimeSpan.FromSeconds(1));
        await rig.PassAsync(TimeSpan.FromSeconds(2));
        await working.WaitAsync(rig.Patience);

        Assert.True(task.End is { Succeeded: true });
        Assert.Equal(0, task.RefusedEnds);
        Assert.Equal([task.Id], handler.Begun);
    }

    [Fact]
    public async Task Report_OfWhatMayBeTriedAgain_IsNotKept()
    {
        var handler = ScriptedHandler.OfGrants((_, _, _) => Task.FromResult<TaskOutcome>(new TaskOutcome.Failed(StatusCode.Unavailable, "later", IsFinal: false)));
        await using var rig = await TaskRig.StartAsync(handler);
        var task = await rig.TakeAsync(new() { Grant = new() });
        rig.Platform.Faults.On(CallKind.FinishTask).Once().CutOff();

        await rig.WorkAsync(task);
        task.Requeue();
        await rig.Client.GetTaskAsync(rig.Patience);
        await rig.WorkAsync(task);

        Assert.Equal([task.Id, task.Id], handler.Begun);
        Assert.Equal((int)StatusCode.Unavailable, task.End!.Request!.Status.Code);
    }
}
