using System.Buffers;
using System.Security.Cryptography;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Sdk.Telemetry;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>
/// Sends a file in chunks, with its digest at the end. An upload that fails starts anew, twice. Only one chunk of the file is in memory.
/// </summary>
internal sealed partial class AssetUpload(
    PlatformClient client, BatonService.BatonServiceClient service, CallLimits limits, TimeProvider time, ILogger logger)
{
    private const int ChunkSize = 512 * 1024;

    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromSeconds(1)];

    /// <exception cref="PlatformException">The last attempt did not succeed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task SendAsync(string taskId, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        using var span = ConnectorTelemetry.Spans.StartActivity("upload");
        span?.SetTag("baton.upload.size", file.Length);
        var digest = await SHA256.HashDataAsync(file, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                file.Position = 0;
                await client.AttemptAsync("UploadAsset", limits.Upload(file.Length), call => SendAsync(taskId, file, digest, call), cancellationToken);
                ConnectorTelemetry.UploadedBytes.Add(file.Length);
                return;
            }
            catch (PlatformException failure) when (attempt <= Pauses.Length && failure.Failure != PlatformFailure.CredentialsRefused)
            {
                LogRetrying(failure.Message, attempt);
                await Task.Delay(Pauses[attempt - 1], time, cancellationToken);
            }
            catch (Exception failure)
            {
                ConnectorTelemetry.Fail(span, failure is PlatformException refusal ? refusal.Code.ToString() : failure.GetType().Name);
                throw;
            }
        }
    }

    private async Task<BatonServiceUploadAssetResponse> SendAsync(string taskId, FileStream file, byte[] digest, CallOptions options)
    {
        using var stalled = new CancellationTokenSource(limits.UploadStall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, options.CancellationToken);
        try
        {
            using var call = service.UploadAsset(options.WithCancellationToken(either.Token));
            var isComplete = await SendAsync(taskId, file, digest, call.RequestStream, () => stalled.CancelAfter(limits.UploadStall), either.Token);

            // Where sending ended early, the answer tells why.
            var response = await call.ResponseAsync;
            return isComplete ? response
                : throw new PlatformException(PlatformFailure.Answered, StatusCode.Unknown, "UploadAsset: the platform answers before it has the whole file");
        }
        catch (Exception failure) when (failure is RpcException or OperationCanceledException && stalled.IsCancellationRequested)
        {
            throw new PlatformException(
                PlatformFailure.TimedOut, StatusCode.DeadlineExceeded, $"UploadAsset: nothing moved for {limits.UploadStall.TotalSeconds:0} s", failure);
        }
    }

    /// <summary>False when the call ended before everything was sent.</summary>
    private async Task<bool> SendAsync(
        string taskId, FileStream file, byte[] digest, IClientStreamWriter<BatonServiceUploadAssetRequest> parts, Action moved, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            var goesOn = await TrySendAsync(parts, new() { Metadata = new() { HostId = client.HostId, TaskId = taskId } }, cancellationToken);
            int length;
            while (goesOn && (length = await file.ReadAtLeastAsync(buffer.AsMemory(0, ChunkSize), ChunkSize, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                // The message is on its way, or copied, before the buffer is filled again.
                var chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, length));
                goesOn = await TrySendAsync(parts, new() { Data = new() { Data = chunk } }, cancellationToken);
                moved();
            }

            goesOn = goesOn && await TrySendAsync(parts, new() { Eof = new() { Sha256Checksum = ByteString.CopyFrom(digest) } }, cancellationToken);
            if (goesOn)
            {
                await parts.CompleteAsync();
            }

            return goesOn;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<bool> TrySendAsync(
        IClientStreamWriter<BatonServiceUploadAssetRequest> parts, BatonServiceUploadAssetRequest part, CancellationToken cancellationToken)
    {
        try
        {
            await parts.WriteAsync(part, cancellationToken);
            return true;
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 5211, Level = LogLevel.Warning, Message = "upload failed, starting it anew")]
    private partial void LogRetrying(string error, int attempt);
}
