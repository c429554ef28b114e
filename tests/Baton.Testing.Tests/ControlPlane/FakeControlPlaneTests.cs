using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Uploads;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Baton.Testing.Tests.ControlPlane;

public sealed class FakeControlPlaneTests
{
    private static readonly byte[] Sync = [.. "C1ZF\0"u8, .. RandomNumberGenerator.GetBytes(1_500_000)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static BatonTask SyncTask => new() { SyncFull = new() };

    [Fact]
    public async Task GetTask_Queue_IsHandedOutInOrderAndThenNothing()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var hello = platform.Tasks.Add(new() { Hello = new() });
        var sync = platform.Tasks.Add(SyncTask);

        var answers = new[] { await client.GetTaskAsync(), await client.GetTaskAsync(), await client.GetTaskAsync() };

        Assert.Equal([hello.Id, sync.Id, ""], answers.Select(answer => answer.Task.Id), StringComparer.Ordinal);
        Assert.Equal([TaskType.Hello, TaskType.SyncFull, TaskType.None_], answers.Select(answer => answer.Task.TaskTypeCase));
        Assert.Equal([0, 0, 1], answers.Select(answer => answer.NextPoll.Seconds));
        Assert.Matches("^[0-9A-Za-z]{27}$", hello.Id);
    }

    [Fact]
    public async Task GetTasks_PageAndKnownIds_LimitWhatIsHandedOut()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var tasks = Enumerable.Range(0, 4).Select(_ => platform.Tasks.Add(SyncTask)).ToList();

        var first = await client.GetTasksAsync(2, tasks[0].Id);
        var second = await client.GetTasksAsync(100);

        Assert.Equal([tasks[1].Id, tasks[2].Id], first.Tasks.Select(task => task.Id), StringComparer.Ordinal);
        Assert.Equal([tasks[0].Id, tasks[3].Id], second.Tasks.Select(task => task.Id), StringComparer.Ordinal);
    }

    [Fact]
    public async Task GetTask_LongPoll_ReturnsWhenATaskComes()
    {
        await using var platform = await StartAsync(new() { LongPoll = TimeSpan.FromHours(1) });
        using var client = await PlainClient.SignInAsync(platform);

        var answer = client.GetTaskAsync();
        await platform.WaitUntilAsync(() => platform.Calls.Count(CallKind.GetTask) == 1, Cancellation);
        var task = platform.Tasks.Add(SyncTask);

        Assert.Equal(task.Id, (await answer).Task.Id);
    }

    [Fact]
    public async Task GetTask_LongPollAndNothing_EndsByTheClock()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var platform = await StartAsync(new() { LongPoll = TimeSpan.FromSeconds(20), Time = time });
        platform.Tokens.Lifetime = null;
        using var client = await PlainClient.SignInAsync(platform);

        var answer = client.GetTaskAsync();
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(TaskType.None_, (await answer).Task.TaskTypeCase);
    }

    [Fact]
    public async Task Hello_OfATask_EndsIt()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(new() { Hello = new() });
        await client.GetTaskAsync();

        var hello = PlainClient.GoodHello();
        hello.TaskId = task.Id;
        await client.HelloAsync(hello);

        Assert.True((await platform.WaitForFinishAsync(task.Id, Cancellation)).Succeeded);
    }

    [Fact]
    public async Task Upload_Sync_IsKeptUntilTheEnd()
    {
        string path;
        await using (var platform = await StartAsync())
        {
            using var client = await PlainClient.SignInAsync(platform);
            var task = platform.Tasks.Add(SyncTask);
            await client.GetTaskAsync();

            await client.UploadAsync(task.Id, Sync);
            await client.FinishAsync(task.Id);

            await platform.WaitForFinishAsync(task.Id, Cancellation);
            var upload = Assert.Single(task.Uploads);
            path = upload.Path;
            Assert.Equal((UploadKind.C1z, (long)Sync.Length), (upload.Kind, upload.Length));
            Assert.Equal([524288, 524288, Sync.Length - 1048576], upload.Chunks);
            Assert.Equal(Sync, await File.ReadAllBytesAsync(path, Cancellation));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Upload_DebugLog_IsToldFromASync()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(SyncTask);
        await client.GetTaskAsync();

        await client.UploadAsync(task.Id, [.. """{"level":"debug"}"""u8]);
        await client.UploadAsync(task.Id, []);

        Assert.Equal([UploadKind.DebugLog, UploadKind.DebugLog], task.Uploads.Select(upload => upload.Kind));
        platform.ThrowOnViolations();
    }

    public static TheoryData<string, Func<string, BatonServiceUploadAssetRequest[]>> BadUploads() => new()
    {
        { "no end", id => [PlainClient.Begin(id), PlainClient.Data([1])] },
        { "the first message is not the metadata", _ => [PlainClient.Data([1])] },
        { "Metadata after the first message", id => [PlainClient.Begin(id), PlainClient.Begin(id)] },
        { "a chunk of 0 bytes", id => [PlainClient.Begin(id), PlainClient.Data([])] },
        { "a chunk of 1048577 bytes", id => [PlainClient.Begin(id), PlainClient.Data(new byte[1048577])] },
        { "a digest of 3 bytes", id => [PlainClient.Begin(id), PlainClient.End([1, 2, 3])] },
        { "the digest is of something else", id => [PlainClient.Begin(id), PlainClient.Data([1]), PlainClient.End(SHA256.HashData([2]))] },
        { "something follows the end", id => [PlainClient.Begin(id), PlainClient.End(SHA256.HashData([])), PlainClient.Data([1])] },
    };

    [Theory]
    [MemberData(nameof(BadUploads))]
    public async Task Upload_AgainstTheRules_IsRefusedAndReported(string problem, Func<string, BatonServiceUploadAssetRequest[]> parts)
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(SyncTask);
        await client.GetTaskAsync();

        await Assert.ThrowsAsync<RpcException>(() => client.SendAsync(parts(task.Id)));

        Assert.EndsWith(problem, Assert.Single(platform.Violations).Text, StringComparison.Ordinal);
        Assert.Empty(task.Uploads);
    }

    [Fact]
    public async Task Finish_Repeated_IsRefusedAndTakenForALostAnswer()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(new() { Grant = new() });
        await client.GetTaskAsync();
        await client.FinishAsync(task.Id);

        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => client.FinishAsync(task.Id))).StatusCode);

        Assert.Equal(1, task.RefusedEnds);
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task Finish_TwiceInDifferentWays_IsAViolation()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(new() { Grant = new() });
        await client.GetTaskAsync();
        await client.FinishAsync(task.Id);

        var other = new BatonServiceFinishTaskRequest { HostId = PlainClient.Host, TaskId = task.Id, Status = new() { Code = 2 }, Error = new() };
        await Assert.ThrowsAsync<RpcException>(async () => await client.Service.FinishTaskAsync(other, client.Options()));

        Assert.Single(platform.Violations);
        Assert.True(task.End!.Succeeded);
    }

    [Fact]
    public async Task Finish_SyncWithoutAnUpload_IsAViolation()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(SyncTask);
        await client.GetTaskAsync();

        await Assert.ThrowsAsync<RpcException>(() => client.FinishAsync(task.Id));

        Assert.Throws<ProtocolViolationException>(platform.ThrowOnViolations);
        Assert.False(task.HasEnded);
    }

    public static TheoryData<string, Action<BatonServiceHelloRequest>> BadHellos() => new()
    {
        { "OSInfo.kernel_arch is empty", hello => hello.OsInfo.KernelArch = "" },
        { "BuildInfo.package is empty", hello => hello.BuildInfo.Package = new string('x', 257) },
        { "os_info is missing", hello => hello.OsInfo = null },
        { "build_info is missing", hello => hello.BuildInfo = null },
        { "connector_metadata is missing", hello => hello.ConnectorMetadata = null },
        { "display_name is empty", hello => hello.ConnectorMetadata.DisplayName = "" },
        { "help_url is not", hello => hello.ConnectorMetadata.HelpUrl = "http://example.com" },
        { "'short' is no task id", hello => hello.TaskId = "short" },
        { "host_id is empty", hello => hello.HostId = "" },
        { "another is one host too many", hello => hello.HostId = "another" },
    };

    [Theory]
    [MemberData(nameof(BadHellos))]
    public async Task Hello_AgainstTheRules_IsRefusedAndReported(string problem, Action<BatonServiceHelloRequest> change)
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        await client.HelloAsync();
        var hello = PlainClient.GoodHello();
        change(hello);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => client.HelloAsync(hello));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.StartsWith(problem, Assert.Single(platform.Violations).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_CancelledTask_IsToldSo()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var (first, second) = (platform.Tasks.Add(SyncTask), platform.Tasks.Add(SyncTask));
        await client.GetTasksAsync(2);
        platform.Faults.On(CallKind.Heartbeat, second.Id).Nth(2).CancelTask();

        var before = await client.HeartbeatAsync(first.Id);
        first.Cancel();
        var after = await client.HeartbeatAsync(first.Id);

        Assert.Equal((false, true, 1L), (before.Cancelled, after.Cancelled, before.NextHeartbeat.Seconds));
        Assert.False((await client.HeartbeatAsync(second.Id)).Cancelled);
        Assert.True((await client.HeartbeatAsync(second.Id)).Cancelled);
        Assert.True((await client.HeartbeatAsync(second.Id)).Cancelled);
    }

    [Fact]
    public async Task Lease_HolderIsSilent_TaskGoesToAnother()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var platform = await StartAsync(new() { Time = time, TaskLease = TimeSpan.FromSeconds(10), MaxHosts = 2 });
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(new() { Grant = new() });
        await client.GetTaskAsync("one");

        time.Advance(TimeSpan.FromSeconds(9));
        await client.HeartbeatAsync(task.Id, "one");
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty((await client.GetTaskAsync("two")).Task.Id);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(task.Id, (await client.GetTaskAsync("two")).Task.Id);

        Assert.True((await client.HeartbeatAsync(task.Id, "one")).Cancelled);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => client.FinishAsync(task.Id, "one"))).StatusCode);
        await client.FinishAsync(task.Id, "two");
        Assert.Equal(("two", 2), (task.End!.HostId, task.Deliveries));
        platform.ThrowOnViolations();
    }

    [Fact]
    public async Task WaitForFinish_ClientBreaksARule_ThrowsAtOnce()
    {
        await using var platform = await StartAsync();
        using var client = await PlainClient.SignInAsync(platform);
        var task = platform.Tasks.Add(SyncTask);
        var waiting = platform.WaitForFinishAsync(task.Id, Cancellation);

        await Assert.ThrowsAsync<RpcException>(() => client.HeartbeatAsync("000000000000000000000000000"));

        var violation = await Assert.ThrowsAsync<ProtocolViolationException>(() => waiting);
        Assert.Contains("there is no task 000000000000000000000000000", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForFinish_NothingHappens_GivesUpAndTells()
    {
        await using var platform = await StartAsync(new() { Patience = TimeSpan.FromMilliseconds(1) });
        var task = platform.Tasks.Add(SyncTask);

        var late = await Assert.ThrowsAsync<TimeoutException>(() => platform.WaitForFinishAsync(task.Id, Cancellation));

        Assert.Contains($"SyncFull {task.Id}: queued", late.Message, StringComparison.Ordinal);
    }

    private static Task<FakeControlPlane> StartAsync(FakeControlPlaneOptions? options = null) => FakeControlPlane.StartAsync(options, Cancellation);
}
