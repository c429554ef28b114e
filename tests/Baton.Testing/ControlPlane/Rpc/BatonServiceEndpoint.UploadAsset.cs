using Baton.Protocol.ConnectorApi.V1;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Uploads;
using Grpc.Core;

namespace Baton.Testing.ControlPlane.Rpc;

internal sealed partial class BatonServiceEndpoint
{
    public override async Task<BatonServiceUploadAssetResponse> UploadAsset(
        IAsyncStreamReader<BatonServiceUploadAssetRequest> requestStream, ServerCallContext context)
    {
        // The first part says whose upload it is, which rules of faults may ask for.
        var metadata = await requestStream.MoveNext(context.CancellationToken) ? requestStream.Current.Metadata : null;
        return await AnswerAsync(
            CallKind.UploadAsset,
            metadata,
            metadata?.HostId ?? "",
            metadata?.TaskId ?? "",
            context,
            (call, gone) => ReceiveAsync(call, requestStream, context, gone));
    }

    private async Task<BatonServiceUploadAssetResponse> ReceiveAsync(
        PlatformCall call, IAsyncStreamReader<BatonServiceUploadAssetRequest> parts, ServerCallContext context, CancellationToken clientGone)
    {
        if (call.Request is null)
        {
            throw Report(call, StatusCode.InvalidArgument, "upload: the first message is not the metadata");
        }

        var task = Find(call, call.TaskId!);
        var path = platform.NewUploadPath();
        var upload = default(Upload);
        try
        {
            using var receiver = new UploadReceiver(path);
            while (await parts.MoveNext(clientGone))
            {
                await receiver.AddAsync(parts.Current, clientGone);
                if (call.Fault is { AfterBytes: > 0 and var limit } fault && receiver.Length >= limit)
                {
                    await fault.Fault.ApplyAsync(context.GetHttpContext(), clientGone);
                    throw new RpcException(new Status(StatusCode.Unknown, "answered wrongly on purpose"));
                }
            }

            var received = await receiver.CompleteAsync(call.HostId!, task.Id, clientGone);
            upload = platform.Tasks.Accept(task, call.HostId!, received) ? received : null;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.InvalidArgument or StatusCode.DataLoss && call.Fault is null)
        {
            platform.Report(call, refusal.Status.Detail);
            throw;
        }
        finally
        {
            if (upload is null)
            {
                File.Delete(path);
            }
        }

        if (upload is null)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"task {task.Id} is over, or another's"));
        }

        if (upload.Kind == UploadKind.Unknown)
        {
            platform.Report(call, "upload: neither a sync nor a log");
        }

        return new BatonServiceUploadAssetResponse();
    }
}
