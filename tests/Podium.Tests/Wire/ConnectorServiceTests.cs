using System.Security.Cryptography;
using Baton.Protocol.ConnectorApi.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Tests.Connectors;
using Podium.Tests.Data;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Podium.Tests.Wire;

public sealed class ConnectorServiceTests
{
    private static readonly BatonTask Schemas = new() { ActionListSchemas = new() };

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetTask_NothingToDo_IsHeldAndSaysWhenToAskAgain(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        await rig.Raw.HelloAsync("", Cancellation);
        await DrainAsync(rig);

        var answer = await rig.Raw.GetTaskAsync(Cancellation);

        Assert.Equal(TaskType.None_, answer.Task.TaskTypeCase);
        Assert.Equal(TimeSpan.FromMilliseconds(200), answer.NextPoll.ToTimeSpan());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetTask_WorkComesWhileItIsHeld_IsAnsweredAtOnce(DatabaseKind kind)
    {
        // The clock of governance stands still: nothing but the signal can wake the call.
        await using var rig = await ConnectorRig.StartAsync(kind, new FakeTimeProvider(TimeProvider.System.GetUtcNow()), options => options with { Hold = TimeSpan.FromMinutes(5) });
        await rig.Raw.HelloAsync("", Cancellation);
        await rig.Raw.TakeAsync(TaskType.DeleteResource, Cancellation);
        await rig.AskForSyncAsync();
        await rig.Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        var held = rig.Raw.GetTaskAsync(Cancellation);
        await rig.WaitUntilAsync(() => Task.FromResult(rig.Get<Podium.Connectors.Attempts.WorkSignal>().Waiting.Contains(rig.ConnectorId)));

        var given = await rig.GiveAsync(Schemas.Clone());

        Assert.Equal(given.PublicId.ToString(), (await held).Task.Id);
    }

    [Fact]
    public async Task GetTask_AnotherReplicaGivesWork_IsWokenByTheDatabase()
    {
        await using var rig = await ConnectorRig.StartAsync(
            DatabaseKind.PostgreSql, new FakeTimeProvider(TimeProvider.System.GetUtcNow()), options => options with { Hold = TimeSpan.FromMinutes(5) });
        await rig.Raw.HelloAsync("", Cancellation);
        await rig.Raw.TakeAsync(TaskType.DeleteResource, Cancellation);
        await rig.AskForSyncAsync();
        await rig.Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        var held = rig.Raw.GetTaskAsync(Cancellation);
        await rig.WaitUntilAsync(() => Task.FromResult(rig.Get<Podium.Connectors.Attempts.WorkSignal>().Waiting.Contains(rig.ConnectorId)));

        var given = await rig.Database.WriteAsync(
            context => Task.FromResult(rig.Get<Podium.Connectors.Attempts.AttemptQueue>().Add(context, rig.ConnectorId, Schemas.Clone(), "test")), Cancellation);
        await rig.Database.ReadAsync(context => context.Database.ExecuteSqlAsync($"SELECT pg_notify('podium_work', {rig.ConnectorId.ToString()})", Cancellation));

        Assert.Equal(given.PublicId.ToString(), (await held).Task.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetTask_TwoProcessesAtOnce_ShareTheWork(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        await rig.Raw.HelloAsync("", Cancellation);
        await DrainAsync(rig);
        var given = new HashSet<string>();
        for (var index = 0; index < 12; index++)
        {
            given.Add((await rig.GiveAsync(Schemas.Clone())).PublicId.ToString());
        }

        using var second = rig.NewRaw(rig.Credential);
        second.HostId = "second";
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => (index % 2 == 0 ? rig.Raw : second).GetTaskAsync(Cancellation)));

        Assert.Equal(given, taken.Select(answer => answer.Task.Id).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetTasks_Batch_LeavesOutWhatIsKnown(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        await rig.Raw.HelloAsync("", Cancellation);
        await DrainAsync(rig);
        var known = (await rig.GiveAsync(Schemas.Clone())).PublicId.ToString();
        var wanted = (await rig.GiveAsync(Schemas.Clone())).PublicId.ToString();

        var answer = await rig.Raw.GetTasksAsync(6, [known], Cancellation);

        Assert.Equal([wanted], answer.Tasks.Select(task => task.Id));
        Assert.NotNull(answer.NextPoll);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task AnyCall_WorkOfAnotherConnector_IsNotThere(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        await rig.Raw.HelloAsync("", Cancellation);
        await rig.AskForSyncAsync();
        var task = await rig.Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        var other = await ConnectorRig.AddAsync(rig.Server, "Other");
        var thief = rig.NewRaw(await rig.Get<RotateCredential>().RunAsync(other.Id, null, Actor.System, Cancellation));

        Task[] calls =
        [
            thief.HeartbeatAsync(task.Id, Cancellation),
            thief.FinishAsync(task.Id, Cancellation),
            thief.UploadAsync(task.Id, Sync("C1Z3\0"), Cancellation),
        ];

        foreach (var call in calls)
        {
            Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        }

        Assert.Equal(AttemptState.Out, (await rig.AttemptAsync(task.Id)).State);
    }

    [Fact]
    public async Task AnyCall_NoToken_IsRefused()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);

        foreach (var token in new[] { "", "nonsense", new string('A', 43) })
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => rig.Raw.CallAsync(
                (service, _) => service.GetTaskAsync(new() { HostId = "raw" }, new CallOptions(new Metadata { { "authorization", "Bearer " + token } }, cancellationToken: Cancellation)).ResponseAsync,
                Cancellation));
            Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Revoke_WhileACallIsHeld_HandsOutNothingAndLosesWhatIsOut(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind, change: options => options with { Hold = TimeSpan.FromMinutes(5) });
        await rig.Raw.HelloAsync("", Cancellation);
        await rig.Raw.TakeAsync(TaskType.DeleteResource, Cancellation);
        await rig.AskForSyncAsync();
        var sync = await rig.Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        var held = rig.Raw.GetTaskAsync(Cancellation);
        await rig.WaitUntilAsync(() => Task.FromResult(rig.Get<Podium.Connectors.Attempts.WorkSignal>().Waiting.Contains(rig.ConnectorId)));

        await rig.Get<RevokeCredential>().RunAsync(rig.ConnectorId, rig.Credential.Credential.Id, Actor.System, Cancellation);
        await rig.GiveAsync(Schemas.Clone());

        Assert.Equal(TaskType.None_, (await held).Task.TaskTypeCase);
        Assert.Equal(AttemptState.Lost, (await rig.AttemptAsync(sync.Id)).State);
        Assert.Equal(SyncState.Failed, (await rig.SyncAsync(sync.Id)).State);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => rig.Raw.GetTaskAsync(Cancellation))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task UploadAsset_WholeSync_IsAppliedWithoutAFinish(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        var (task, content) = (await TakeSyncAsync(rig), Sync("C1ZF\0", 3_000_000));

        await rig.Raw.UploadAsync(task.Id, content, Cancellation);

        await rig.WaitForSyncAsync(task.Id, SyncState.Applied);
        Assert.Equal(content, Assert.Single(rig.Inventory.Applied).Content);
        var sync = await rig.SyncAsync(task.Id);
        Assert.Equal((content.LongLength, Convert.ToHexStringLower(SHA256.HashData(content))), (sync.Size, sync.Sha256));
        await rig.WaitUntilAsync(async () => (await rig.ConnectorAsync()).NextSyncAt is not null);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task UploadAsset_BrokenOffAndBegunAnew_CountsOnce(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        var (task, content) = (await TakeSyncAsync(rig), Sync("C1Z3\0", 2_000_000));
        var parts = rig.Raw.Parts(task.Id, content).ToList();

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => rig.Raw.SendUploadAsync(parts[..^1], Cancellation))).StatusCode);
        await rig.Raw.UploadAsync(task.Id, content, Cancellation);
        // The answer may have been lost on its way: connectors then send all of it again.
        await rig.Raw.UploadAsync(task.Id, content, Cancellation);
        await rig.Raw.SendUploadAsync(rig.Raw.Parts(task.Id, "{\"level\":\"debug\"}"u8.ToArray()), Cancellation);
        await rig.Raw.FinishAsync(task.Id, Cancellation);

        await rig.WaitForSyncAsync(task.Id, SyncState.Applied);
        Assert.Equal(content, Assert.Single(rig.Inventory.Applied).Content);
        Assert.Equal(AttemptState.Done, (await rig.AttemptAsync(task.Id)).State);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task UploadAsset_OtherBytesOfTheSameTask_AreRefused(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        var task = await TakeSyncAsync(rig);
        await rig.Raw.UploadAsync(task.Id, Sync("C1Z3\0", 100), Cancellation);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => rig.Raw.UploadAsync(task.Id, Sync("C1Z3\0", 101), Cancellation));

        Assert.Equal(StatusCode.AlreadyExists, refusal.StatusCode);
    }

    public static TheoryData<string, StatusCode> BadUploads => new()
    {
        { "no metadata", StatusCode.InvalidArgument },
        { "no end", StatusCode.InvalidArgument },
        { "after the end", StatusCode.InvalidArgument },
        { "metadata twice", StatusCode.InvalidArgument },
        { "empty chunk", StatusCode.InvalidArgument },
        { "large chunk", StatusCode.InvalidArgument },
        { "short digest", StatusCode.InvalidArgument },
        { "wrong digest", StatusCode.DataLoss },
        { "garbage", StatusCode.InvalidArgument },
        { "too large", StatusCode.ResourceExhausted },
        { "other host", StatusCode.FailedPrecondition },
        { "no such task", StatusCode.NotFound },
    };

    [Theory]
    [MemberData(nameof(BadUploads))]
    public async Task UploadAsset_SomethingWrong_LeavesNothing(string what, StatusCode expected)
    {
        foreach (var kind in new[] { DatabaseKind.Sqlite, DatabaseKind.PostgreSql })
        {
            await using var rig = await ConnectorRig.StartAsync(kind, change: options => options with { LargestUpload = 2_500_000 });
            var task = await TakeSyncAsync(rig);
            var parts = rig.Raw.Parts(what == "no such task" ? new string('z', 27) : task.Id, Sync(what == "garbage" ? "PK\x3\x4\0" : "C1Z3\0", 2_100_000)).ToList();
            var end = parts[^1];
            IReadOnlyList<BatonServiceUploadAssetRequest> sent = what switch
            {
                "no metadata" => parts[1..],
                "no end" => parts[..^1],
                "after the end" => [.. parts, parts[1]],
                "metadata twice" => [parts[0], .. parts],
                "empty chunk" => [parts[0], new() { Data = new() }, .. parts[1..]],
                "large chunk" => [parts[0], new() { Data = new() { Data = ByteString.CopyFrom(new byte[(1024 * 1024) + 1]) } }, end],
                "short digest" => [.. parts[..^1], new() { Eof = new() { Sha256Checksum = ByteString.CopyFrom(new byte[31]) } }],
                "wrong digest" => [.. parts[..^1], new() { Eof = new() { Sha256Checksum = ByteString.CopyFrom(new byte[32]) } }],
                "too large" => [parts[0], parts[1], .. parts[1..]],
                "other host" => [new() { Metadata = new() { HostId = "elsewhere", TaskId = task.Id } }, .. parts[1..]],
                _ => parts,
            };

            var refusal = await Assert.ThrowsAsync<RpcException>(() => rig.Raw.SendUploadAsync(sent, Cancellation));

            Assert.Equal(expected, refusal.StatusCode);
            Assert.Equal(SyncState.Running, (await rig.SyncAsync(task.Id)).State);
            Assert.Empty(Directory.GetFiles(rig.Server.Server.Folder.Uploads));
            Assert.Equal(0, await rig.Database.ReadAsync(context => context.Set<Podium.Connectors.Uploads.UploadChunk>().CountAsync(Cancellation)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FinishTask_SyncWithoutUpload_Fails(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        var task = await TakeSyncAsync(rig);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => rig.Raw.FinishAsync(task.Id, Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Equal(SyncState.Failed, (await rig.SyncAsync(task.Id)).State);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FinishTask_Again_ChangesNothing(DatabaseKind kind)
    {
        await using var rig = await ConnectorRig.StartAsync(kind);
        await rig.Raw.HelloAsync("", Cancellation);
        var given = await rig.GiveAsync(Schemas.Clone());
        var task = await rig.Raw.TakeAsync(TaskType.ActionListSchemas, Cancellation);
        await rig.Raw.FinishAsync(task.Id, Cancellation);

        await rig.Raw.FinishAsync(task.Id, Cancellation);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => rig.Raw.FailAsync(task.Id, StatusCode.Internal, "no", Cancellation));

        Assert.Equal(given.PublicId.ToString(), task.Id);
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Equal(AttemptState.Done, (await rig.AttemptAsync(task.Id)).State);
    }

    [Theory]
    [InlineData(StatusCode.FailedPrecondition, false)]
    [InlineData(StatusCode.Unimplemented, true)]
    [InlineData(StatusCode.Unavailable, null)]
    public async Task Hello_FirstOfAProcess_FindsOutWhetherChangesAreOn(StatusCode answer, bool? expected)
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        await rig.Raw.HelloAsync("", Cancellation);
        var probe = await rig.Raw.TakeAsync(TaskType.DeleteResource, Cancellation);
        await rig.Raw.FailAsync(probe.Id, answer, "the answer", Cancellation);

        var connector = await rig.ConnectorAsync();

        Assert.Equal(("podium-probe", "none"), (probe.DeleteResource.ResourceId.ResourceType, probe.DeleteResource.ResourceId.Resource));
        Assert.Equal((expected, "1.0.0"), (connector.ProvisioningOn, connector.Version));
    }

    [Fact]
    public async Task Hello_OfAConnectorThatSaysNone_IsAskedFor()
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);

        var task = (await rig.Raw.GetTaskAsync(Cancellation)).Task;
        Assert.Equal(TaskType.Hello, task.TaskTypeCase);
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => rig.Raw.FinishAsync(task.Id, Cancellation))).StatusCode);
        await rig.Raw.HelloAsync(task.Id, Cancellation);

        Assert.Equal(AttemptState.Done, (await rig.AttemptAsync(task.Id)).State);
        Assert.NotNull((await rig.ConnectorAsync()).Metadata);
    }

    public static TheoryData<string> BadHellos => ["host", "long host", "os", "build", "metadata", "help", "task"];

    [Theory]
    [MemberData(nameof(BadHellos))]
    public async Task Hello_BreaksARule_IsRefused(string what)
    {
        await using var rig = await ConnectorRig.StartAsync(DatabaseKind.Sqlite);
        var hello = rig.Raw.Hello("");
        switch (what)
        {
            case "host":
                hello.HostId = "";
                break;
            case "long host":
                hello.HostId = new string('h', 257);
                break;
            case "os":
                hello.OsInfo.KernelArch = "";
                break;
            case "build":
                hello.BuildInfo = null;
                break;
            case "metadata":
                hello.ConnectorMetadata.DisplayName = "";
                break;
            case "help":
                hello.ConnectorMetadata.HelpUrl = "javascript:alert(1)";
                break;
            default:
                hello.TaskId = "short";
                break;
        }

        var refusal = await Assert.ThrowsAsync<RpcException>(() => rig.Raw.CallAsync((service, options) => service.HelloAsync(hello, options).ResponseAsync, Cancellation));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Null((await rig.ConnectorAsync()).Metadata);
    }

    private static async Task<BatonTask> TakeSyncAsync(ConnectorRig rig)
    {
        await rig.Raw.HelloAsync("", Cancellation);
        await rig.AskForSyncAsync();
        return await rig.Raw.TakeAsync(TaskType.SyncFull, Cancellation);
    }

    // After the first hello a probe and a sync are due.
    private static async Task DrainAsync(ConnectorRig rig)
    {
        await rig.AskForSyncAsync();
        var sync = await rig.Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        await rig.Raw.UploadAsync(sync.Id, Sync("C1Z3\0"), Cancellation);
        await rig.Raw.FinishAsync(sync.Id, Cancellation);
        await rig.WaitForSyncAsync(sync.Id, SyncState.Applied);
    }

    private static byte[] Sync(string magic, int length = 1000) => [.. System.Text.Encoding.Latin1.GetBytes(magic), .. RandomNumberGenerator.GetBytes(length)];
}
