using System.Net;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Grpc.Core;

namespace Baton.Testing.Tests.ControlPlane;

public sealed class CallFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fail_BetweenTwoCalls_FailsThoseOnly()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        var rule = platform.Faults.On(CallKind.GetTask).Between(2, 3).Fail(StatusCode.Unavailable, "over capacity");

        await client.GetTaskAsync();
        for (var call = 2; call <= 3; call++)
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => client.GetTaskAsync());
            Assert.Equal((StatusCode.Unavailable, "over capacity"), (failure.StatusCode, failure.Status.Detail));
        }

        await client.GetTaskAsync();

        Assert.Equal((4, 2), (rule.Matched, rule.Hits));
        Assert.Equal(["OK", "Unavailable", "Unavailable", "OK"], platform.Calls.Of(CallKind.GetTask).Select(call => call.Status), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Fail_BeforeTheEffect_LeavesTheTaskInTheQueue()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(new() { Grant = new() });
        platform.Faults.On(CallKind.GetTask).Once().Fail(StatusCode.Internal);

        await Assert.ThrowsAsync<RpcException>(() => client.GetTaskAsync());

        Assert.True(task.IsQueued);
        Assert.Equal(task.Id, (await client.GetTaskAsync()).Task.Id);
    }

    [Fact]
    public async Task Fail_AfterTheEffect_EndsTheTaskAllTheSame()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(new() { Grant = new() });
        await client.GetTaskAsync();
        platform.Faults.On(CallKind.FinishTask).Once().AfterEffect().Fail(StatusCode.Unavailable);

        await Assert.ThrowsAsync<RpcException>(() => client.FinishAsync(task.Id));

        Assert.True(task.HasEnded);
    }

    [Fact]
    public async Task Respond_TokenRequest_AnswersWithTheStatus()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = PlainClient.WithoutToken(platform);
        platform.Faults.On(CallKind.Token).Nth(1).Respond(503, "busy");
        platform.Faults.On(CallKind.Token).Nth(1).Fail(StatusCode.PermissionDenied);

        using var first = await client.RequestTokenAsync();
        using var second = await client.RequestTokenAsync();
        using var third = await client.RequestTokenAsync();

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.Forbidden, HttpStatusCode.OK], [first.StatusCode, second.StatusCode, third.StatusCode]);
        Assert.Equal(["503", "403", "200"], platform.Calls.Of(CallKind.Token).Select(call => call.Status), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Respond_Method_IsAnAnswerOfHttp()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        platform.Faults.On(CallKind.Hello).Once().Respond(502, "<html>", "text/html");

        var failure = await Assert.ThrowsAsync<RpcException>(() => client.HelloAsync());

        Assert.Contains("502", failure.Status.Detail, StringComparison.Ordinal);
        await client.HelloAsync();
    }

    [Fact]
    public async Task Reset_Connection_IsGoneForAllItsCalls()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        platform.Faults.On(CallKind.GetTask).Once().Hang();
        platform.Faults.On(CallKind.Hello).Once().Reset();

        var hanging = client.GetTaskAsync();
        await platform.WaitUntilAsync(() => platform.Calls.Count(CallKind.GetTask) == 1, Cancellation);
        await Assert.ThrowsAsync<RpcException>(() => client.HelloAsync());

        await Assert.ThrowsAsync<RpcException>(() => hanging);
        await client.HelloAsync();
        Assert.Equal(2, platform.Calls.Of(CallKind.Hello).Select(call => call.Connection).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task CutOff_Call_LeavesTheConnectionToTheOthers()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        platform.Faults.On(CallKind.Hello).Once().CutOff();

        await Assert.ThrowsAsync<RpcException>(() => client.HelloAsync());
        await client.HelloAsync();

        Assert.Single(platform.Calls.Of(CallKind.Hello).Select(call => call.Connection).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Hang_ClientWithADeadline_GivesUp()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        platform.Faults.On(CallKind.Hello).Hang();

        var late = await Assert.ThrowsAsync<RpcException>(async ()
            => await client.Service.HelloAsync(PlainClient.GoodHello(), client.Options(TimeSpan.FromMilliseconds(200))));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        Assert.Equal("gone", (await platform.WaitForCallAsync(CallKind.Hello, cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task AfterBytes_Upload_IsResetInItsMiddleAndNothingIsKept()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(new() { SyncFull = new() });
        await client.GetTaskAsync();
        platform.Faults.On(CallKind.UploadAsset, task.Id).Once().AfterBytes(1_000_000).Reset();
        byte[] sync = [.. "C1Z3\0"u8, .. new byte[3_000_000]];

        await Assert.ThrowsAsync<RpcException>(() => client.UploadAsync(task.Id, sync));
        Assert.Empty(task.Uploads);
        await client.UploadAsync(task.Id, sync);

        Assert.Single(task.Uploads);
        platform.ThrowOnViolations();
    }

    [Fact]
    public async Task Run_BeforeACall_HoldsIt()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var client = await PlainClient.SignInAsync(platform);
        var opened = new TaskCompletionSource();
        platform.Faults.On(CallKind.Hello).Run((_, gone) => opened.Task.WaitAsync(gone));

        var hello = client.HelloAsync();
        await platform.WaitUntilAsync(() => platform.Calls.Count(CallKind.Hello) == 1, Cancellation);
        Assert.False(hello.IsCompleted);
        opened.SetResult();

        await hello;
    }
}
