using Baton.Protocol.ConnectorApi.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Podium.Connectors;
using Podium.Connectors.Attempts;
using Podium.Connectors.Uploads;
using Podium.Tokens;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Wire;

/// <summary>The service that connectors call: each method checks who calls and what, and leaves the rest to the connectors' folder.</summary>
internal sealed class ConnectorService(
    AccessTokens tokens,
    ConnectorPresence presence,
    ConnectorHello hello,
    HeldCalls held,
    AttemptLife attempts,
    Uploading uploading,
    IUploadStore store,
    ConnectorServiceOptions options) : BatonService.BatonServiceBase
{
    public override async Task<BatonServiceHelloResponse> Hello(BatonServiceHelloRequest request, ServerCallContext context)
    {
        var caller = await AdmitAsync(request, context);
        Check(await hello.RunAsync(caller.ConnectorId, caller.Actor, request, context.CancellationToken), request.TaskId);
        return new();
    }

    public override async Task<BatonServiceGetTaskResponse> GetTask(BatonServiceGetTaskRequest request, ServerCallContext context)
    {
        var caller = await AdmitAsync(request, context);
        await hello.AskAsync(caller.ConnectorId, context.CancellationToken);
        var (claim, nextPoll) = await held.WaitAsync(caller.Holder, caller.ConnectorId, request.HostId, wanted: 1, known: [], context.CancellationToken);
        return new()
        {
            Task = claim.Tasks.Count > 0 ? claim.Tasks[0] : new BatonTask { None = new() },
            NextPoll = Duration.FromTimeSpan(nextPoll),
        };
    }

    public override async Task<BatonServiceGetTasksResponse> GetTasks(BatonServiceGetTasksRequest request, ServerCallContext context)
    {
        var caller = await AdmitAsync(request, context);
        await hello.AskAsync(caller.ConnectorId, context.CancellationToken);
        var (claim, nextPoll) = await held.WaitAsync(
            caller.Holder, caller.ConnectorId, request.HostId, (int)request.PageSize, request.KnownTaskIds, context.CancellationToken);
        return new() { Tasks = { claim.Tasks }, NextPoll = Duration.FromTimeSpan(nextPoll) };
    }

    public override async Task<BatonServiceHeartbeatResponse> Heartbeat(BatonServiceHeartbeatRequest request, ServerCallContext context)
    {
        var caller = await AdmitAsync(request, context);
        var response = new BatonServiceHeartbeatResponse { NextHeartbeat = Duration.FromTimeSpan(options.Heartbeat) };
        response.Cancelled = await BeatAsync(request.TaskId);
        foreach (var id in request.TaskIds.Where(id => id != request.TaskId))
        {
            if (await BeatAsync(id))
            {
                response.CancelledTaskIds.Add(id);
            }
        }

        return response;

        async Task<bool> BeatAsync(string id) => await attempts.HeartbeatAsync(caller.ConnectorId, request.HostId, id, context.CancellationToken) ?? throw Unknown(id);
    }

    public override async Task<BatonServiceFinishTaskResponse> FinishTask(BatonServiceFinishTaskRequest request, ServerCallContext context)
    {
        var caller = await AdmitAsync(request, context);
        // It is said once: whoever hung up meanwhile has still said it.
        Check(await attempts.FinishAsync(caller.ConnectorId, request, CancellationToken.None), request.TaskId);
        return new();
    }

    public override async Task<BatonServiceUploadAssetResponse> UploadAsset(
        IAsyncStreamReader<BatonServiceUploadAssetRequest> requestStream, ServerCallContext context)
    {
        var caller = await WireCaller.AdmitAsync(context, tokens, presence);
        var gone = context.CancellationToken;
        var metadata = await requestStream.MoveNext(gone) ? requestStream.Current.Metadata : null;
        if (metadata is null)
        {
            throw Invalid("upload: the first message is not the metadata");
        }

        CheckRules(metadata);
        try
        {
            await uploading.AdmitAsync(caller.ConnectorId, metadata.HostId, metadata.TaskId, gone);
            await using var writer = store.Begin();
            using var receiver = new UploadReceiver(writer, options.LargestUpload);
            while (await requestStream.MoveNext(gone))
            {
                await receiver.AddAsync(requestStream.Current, gone);
            }

            await uploading.CompleteAsync(new(caller.ConnectorId, metadata.HostId, caller.Actor), metadata.TaskId, writer, receiver, gone);
            return new();
        }
        catch (UploadException refusal)
        {
            throw new RpcException(new Status(refusal.Code, refusal.Message));
        }
    }

    private async Task<WireCaller> AdmitAsync(IMessage request, ServerCallContext context)
    {
        var caller = await WireCaller.AdmitAsync(context, tokens, presence);
        CheckRules(request);
        return caller;
    }

    private static void CheckRules(IMessage request)
    {
        if (WireRequestRules.Problem(request) is { } problem)
        {
            throw Invalid(problem);
        }
    }

    private static void Check(FinishResult result, string taskId)
    {
        if (result != FinishResult.Accepted)
        {
            throw result switch
            {
                FinishResult.Unknown => Unknown(taskId),
                FinishResult.WrongEnd => Invalid("a hello task is ended by a hello, and nothing else is"),
                FinishResult.WithoutUpload => new RpcException(new Status(StatusCode.FailedPrecondition, $"task {taskId} is said to be done, and nothing was uploaded")),
                _ => new RpcException(new Status(StatusCode.FailedPrecondition, $"task {taskId} is over, or another process has it")),
            };
        }
    }

    private static RpcException Unknown(string taskId) => new(new Status(StatusCode.NotFound, $"there is no task {taskId}"));

    private static RpcException Invalid(string problem) => new(new Status(StatusCode.InvalidArgument, problem));
}
