using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baton.Protocol.ConnectorApi.V1;
using Google.Protobuf;
using Grpc.Core;
using Podium.Data;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Platform.Conformance;

/// <summary>
/// The platform's side of the connectors' protocol, seen from outside: each test runs against the fake that connectors are tested with, and against
/// podium on both databases. Where the two may differ, a test takes both answers.
/// </summary>
public sealed class PlatformTests
{
    private static readonly BatonTask Schemas = new() { ActionListSchemas = new() };

    public static TheoryData<string> Platforms => ["fake", "podium on SQLite", "podium on PostgreSQL"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Token_GoodAssertion_IsAnsweredWithNumbers(string platform)
    {
        await using var under = await StartAsync(platform);

        var (status, body) = await under.Connector.PostTokenAsync(under.Connector.TokenForm(Now), Cancellation);

        Assert.Equal(200, status);
        Assert.True(body["expires_in"]!.GetValue<int>() > 10);
        Assert.NotEqual("", body["access_token"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Token_AudienceAsList_IsTaken(string platform)
    {
        await using var under = await StartAsync(platform);

        var (status, _) = await under.Connector.PostTokenAsync(
            under.Connector.TokenForm(Now, (_, claims) => claims["aud"] = new JsonArray(claims["aud"]!.GetValue<string>())), Cancellation);

        Assert.Equal(200, status);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Token_WrongInOneThing_IsRefused(string platform)
    {
        await using var under = await StartAsync(platform);
        Action<JsonObject, JsonObject>[] changes =
        [
            (header, _) => header["alg"] = "none",
            (_, claims) => claims["iss"] = "x@elsewhere.example/ccc",
            (_, claims) => claims["sub"] = "x@elsewhere.example/ccc",
            (_, claims) => claims["aud"] = "elsewhere.example",
            (_, claims) => (claims["exp"], claims["iat"], claims["nbf"]) = (Now.ToUnixTimeSeconds() - 10, Now.ToUnixTimeSeconds() - 130, Now.ToUnixTimeSeconds() - 250),
            (_, claims) => (claims["exp"], claims["iat"], claims["nbf"]) = (Now.ToUnixTimeSeconds() + 500, Now.ToUnixTimeSeconds() + 380, Now.ToUnixTimeSeconds() + 260),
        ];
        foreach (var change in changes)
        {
            var (status, body) = await under.Connector.PostTokenAsync(under.Connector.TokenForm(Now, change), Cancellation);

            Assert.Equal((401, "invalid_client"), (status, body["error"]!.GetValue<string>()));
        }
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Token_AssertionTwice_CountsOnce(string platform)
    {
        await using var under = await StartAsync(platform);
        var form = under.Connector.TokenForm(Now);

        var (first, _) = await under.Connector.PostTokenAsync(form, Cancellation);
        var (second, _) = await under.Connector.PostTokenAsync(form, Cancellation);

        Assert.Equal((200, 401), (first, second));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task AnyCall_WithoutAGoodToken_IsUnauthenticated(string platform)
    {
        await using var under = await StartAsync(platform);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => under.Connector.CallAsync(
            (service, _) => service.GetTaskAsync(new() { HostId = "raw" }, new CallOptions(new Metadata { { "authorization", "Bearer nonsense" } }, cancellationToken: Cancellation)).ResponseAsync,
            Cancellation));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task GetTask_Idle_AlwaysSaysWhenToAskAgain(string platform)
    {
        await using var under = await StartAsync(platform);
        await under.Connector.HelloAsync("", Cancellation);
        var answer = await under.Connector.GetTaskAsync(Cancellation);
        while (answer.Task.TaskTypeCase != TaskType.None_)
        {
            await EndAsync(under, answer.Task);
            answer = await under.Connector.GetTaskAsync(Cancellation);
        }

        // Zero would be a tight loop.
        Assert.True(answer.NextPoll.ToTimeSpan() > TimeSpan.Zero);
    }

    /// <summary>Recorded of the connector in Go of 2026: hello at the start, then a sync, one connection a call.</summary>
    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Sequence_OfTheGoConnector_IsCarriedThrough(string platform)
    {
        await using var under = await StartAsync(platform);
        var content = File("C1Z3\0", 1_500_000);

        await under.Connector.HelloAsync("", Cancellation);
        var id = await under.GiveAsync(new() { SyncFull = new() });
        var task = await under.Connector.TakeAsync(TaskType.SyncFull, Cancellation);
        var heartbeat = await under.Connector.HeartbeatAsync(task.Id, Cancellation);
        await under.Connector.UploadAsync(task.Id, content, Cancellation);
        await under.Connector.HeartbeatAsync(task.Id, Cancellation);
        await under.Connector.SendUploadAsync(under.Connector.Parts(task.Id, "{\"level\":\"debug\"}\n"u8.ToArray()), Cancellation);
        await under.Connector.FinishAsync(task.Id, Cancellation);

        Assert.Equal(id, task.Id);
        Assert.False(heartbeat.Cancelled);
        Assert.Equal(content, await under.UploadAsync(id));
        Assert.Equal(TaskOutcome.Succeeded, await under.OutcomeAsync(id));
    }

    /// <summary>Recorded of the connector in Go of 2025: no hello at the start, format 1, audience as a list.</summary>
    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Sequence_WithoutAHello_IsCarriedThrough(string platform)
    {
        await using var under = await StartAsync(platform);
        var content = File("C1ZF\0", 2_700);

        var id = await under.GiveAsync(new() { SyncFull = new() });
        var task = await under.Connector.TakeAsync(TaskType.SyncFull, Cancellation);
        await under.Connector.HeartbeatAsync(task.Id, Cancellation);
        await under.Connector.UploadAsync(task.Id, content, Cancellation);
        await under.Connector.FinishAsync(task.Id, Cancellation);

        Assert.Equal(content, await under.UploadAsync(id));
        Assert.Equal(TaskOutcome.Succeeded, await under.OutcomeAsync(id));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Upload_BrokenOff_IsBegunAnewFromTheStart(string platform)
    {
        await using var under = await StartAsync(platform);
        var content = File("C1Z3\0", 1_200_000);
        var id = await under.GiveAsync(new() { SyncFull = new() });
        var task = await under.Connector.TakeAsync(TaskType.SyncFull, Cancellation);
        var parts = under.Connector.Parts(task.Id, content).ToList();

        await Assert.ThrowsAsync<RpcException>(() => under.Connector.SendUploadAsync(parts[..2], Cancellation));
        Assert.Null(await under.UploadAsync(id));
        await under.Connector.UploadAsync(task.Id, content, Cancellation);
        await under.Connector.FinishAsync(task.Id, Cancellation);

        Assert.Equal(content, await under.UploadAsync(id));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Upload_NotAsItMustBe_IsRefused(string platform)
    {
        await using var under = await StartAsync(platform);
        var id = await under.GiveAsync(new() { SyncFull = new() });
        var task = await under.Connector.TakeAsync(TaskType.SyncFull, Cancellation);
        var parts = under.Connector.Parts(task.Id, File("C1Z3\0", 600_000)).ToList();
        (StatusCode Expected, IReadOnlyList<BatonServiceUploadAssetRequest> Sent)[] wrong =
        [
            (StatusCode.InvalidArgument, parts[1..]),
            (StatusCode.InvalidArgument, parts[..^1]),
            (StatusCode.InvalidArgument, [parts[0], .. parts]),
            (StatusCode.InvalidArgument, [.. parts, parts[1]]),
            (StatusCode.InvalidArgument, [parts[0], new() { Data = new() { Data = ByteString.CopyFrom(new byte[(1024 * 1024) + 1]) } }]),
            (StatusCode.InvalidArgument, [.. parts[..^1], new() { Eof = new() { Sha256Checksum = ByteString.CopyFrom(new byte[16]) } }]),
            (StatusCode.DataLoss, [.. parts[..^1], new() { Eof = new() { Sha256Checksum = ByteString.CopyFrom(new byte[32]) } }]),
        ];
        foreach (var (expected, sent) in wrong)
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => under.Connector.SendUploadAsync(sent, Cancellation));

            Assert.Equal(expected, refusal.StatusCode);
        }

        Assert.Null(await under.UploadAsync(id));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Heartbeat_TaskCancelled_SaysStop(string platform)
    {
        await using var under = await StartAsync(platform);
        var id = await under.GiveAsync(new() { SyncFull = new() });
        await under.Connector.TakeAsync(TaskType.SyncFull, Cancellation);
        Assert.False((await under.Connector.HeartbeatAsync(id, Cancellation)).Cancelled);

        await under.CancelAsync(id);
        var answer = await under.Connector.HeartbeatAsync(id, Cancellation);
        await under.Connector.FailAsync(id, StatusCode.Cancelled, "context canceled", Cancellation);

        Assert.True(answer.Cancelled);
        Assert.True(answer.NextHeartbeat.ToTimeSpan() > TimeSpan.Zero);
        Assert.Equal(TaskOutcome.Failed, await under.OutcomeAsync(id));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Finish_SyncWithoutUpload_IsRefused(string platform)
    {
        await using var under = await StartAsync(platform);
        var id = await under.GiveAsync(new() { SyncFull = new() });
        await under.Connector.TakeAsync(TaskType.SyncFull, Cancellation);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => under.Connector.FinishAsync(id, Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.NotEqual(TaskOutcome.Succeeded, await under.OutcomeAsync(id));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Finish_AfterTheEnd_ChangesNothing(string platform)
    {
        await using var under = await StartAsync(platform);
        var id = await under.GiveAsync(Schemas);
        await under.Connector.TakeAsync(TaskType.ActionListSchemas, Cancellation);
        await under.Connector.FinishAsync(id, Cancellation);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => under.Connector.FailAsync(id, StatusCode.Internal, "no", Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Equal(TaskOutcome.Succeeded, await under.OutcomeAsync(id));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task AnyCall_TaskOfAnotherProcess_IsNotTheirs(string platform)
    {
        await using var under = await StartAsync(platform);
        var id = await under.GiveAsync(new() { SyncFull = new() });
        await under.Connector.TakeAsync(TaskType.SyncFull, Cancellation);

        Assert.True((await under.Second.HeartbeatAsync(id, Cancellation)).Cancelled);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => under.Second.UploadAsync(id, File("C1Z3\0", 100), Cancellation))).StatusCode);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => under.Second.FailAsync(id, StatusCode.Internal, "no", Cancellation))).StatusCode);
        Assert.Equal(TaskOutcome.Open, await under.OutcomeAsync(id));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task AnyCall_UnknownTask_IsNotFound(string platform)
    {
        await using var under = await StartAsync(platform);
        var id = new string('0', 27);

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => under.Connector.HeartbeatAsync(id, Cancellation))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => under.Connector.FinishAsync(id, Cancellation))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => under.Connector.UploadAsync(id, File("C1Z3\0", 100), Cancellation))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task Requests_ThatBreakARule_AreInvalid(string platform)
    {
        await using var under = await StartAsync(platform);
        var id = await under.GiveAsync(Schemas);
        await under.Connector.TakeAsync(TaskType.ActionListSchemas, Cancellation);
        Func<BatonService.BatonServiceClient, CallOptions, Task>[] calls =
        [
            (service, options) => service.GetTaskAsync(new(), options).ResponseAsync,
            (service, options) => service.GetTaskAsync(new() { HostId = new string('h', 257) }, options).ResponseAsync,
            (service, options) => service.GetTasksAsync(new() { HostId = "raw" }, options).ResponseAsync,
            (service, options) => service.GetTasksAsync(new() { HostId = "raw", PageSize = 101 }, options).ResponseAsync,
            (service, options) => service.GetTasksAsync(new() { HostId = "raw", PageSize = 1, KnownTaskIds = { "short" } }, options).ResponseAsync,
            (service, options) => service.HeartbeatAsync(new() { HostId = "raw", TaskId = "short" }, options).ResponseAsync,
            (service, options) => service.FinishTaskAsync(new() { HostId = "raw", TaskId = id }, options).ResponseAsync,
            (service, options) => service.FinishTaskAsync(new() { HostId = "raw", TaskId = id, Error = new() }, options).ResponseAsync,
            (service, options) => service.HelloAsync(new() { HostId = "raw" }, options).ResponseAsync,
        ];
        foreach (var call in calls)
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => under.Connector.CallAsync(
                async (service, options) =>
                {
                    await call(service, options);
                    return true;
                },
                Cancellation));

            Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        }

        Assert.Equal(TaskOutcome.Open, await under.OutcomeAsync(id));
    }

    private static Task<IPlatform> StartAsync(string platform) => platform switch
    {
        "fake" => FakePlatform.StartAsync(),
        "podium on SQLite" => PodiumPlatform.StartAsync(DatabaseKind.Sqlite),
        _ => PodiumPlatform.StartAsync(DatabaseKind.PostgreSql),
    };

    private static Task EndAsync(IPlatform under, BatonTask task) => task.TaskTypeCase == TaskType.Hello
        ? under.Connector.HelloAsync(task.Id, Cancellation)
        : under.Connector.FailAsync(task.Id, StatusCode.Unimplemented, "unsupported task type", Cancellation);

    private static byte[] File(string magic, int length) => [.. System.Text.Encoding.Latin1.GetBytes(magic), .. RandomNumberGenerator.GetBytes(length)];
}
