using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Baton.Protocol.Connector.V2;
using Baton.Protocol.ConnectorApi.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;

namespace Baton.Testing.Connectors;

/// <summary>
/// A connector that is nothing but its calls, so that a test says each of them, also those that no real one makes. It takes a new connection for each
/// call, as connectors in Go do, unless told otherwise.
/// </summary>
/// <param name="address">Host and port that are called.</param>
/// <param name="clientId">Whose host the assertions are meant for.</param>
/// <param name="clientSecret">The secret of that client.</param>
/// <param name="authority">What the platform's certificate is checked against.</param>
public sealed class RawConnector(string address, string clientId, string clientSecret, X509Certificate2 authority) : IDisposable
{
    private const int ChunkSize = 512 * 1024;

    private readonly AssertionKey _key = AssertionKey.Read(clientSecret);
    private string? _token;
    private GrpcChannel? _shared;

    public string ClientId => clientId;

    public string HostId { get; set; } = "raw";

    public bool SharesConnection { get; init; }

    /// <summary>Posts a form to the token endpoint.</summary>
    public async Task<(int Status, JsonObject Body)> PostTokenAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(Handler(), disposeHandler: true);
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(new Uri($"https://{address}/auth/v1/token"), content, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(text.Length > 0 ? text : "{}")!.AsObject());
    }

    /// <summary>The form of a good request, and what a test changes of its assertion.</summary>
    public Dictionary<string, string> TokenForm(DateTimeOffset now, Action<JsonObject, JsonObject>? change = null) => new(StringComparer.Ordinal)
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = clientId,
        ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ["client_assertion"] = _key.Sign(clientId, now, change),
    };

    /// <summary>Fetches a token and uses it from now on.</summary>
    public async Task<string> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var (status, body) = await PostTokenAsync(TokenForm(TimeProvider.System.GetUtcNow()), cancellationToken);
        return status == 200 ? _token = body["access_token"]!.GetValue<string>() : throw new InvalidOperationException($"no token: {status} {body.ToJsonString()}");
    }

    public Task<BatonServiceHelloResponse> HelloAsync(string taskId, CancellationToken cancellationToken)
        => CallAsync((service, options) => service.HelloAsync(Hello(taskId), options).ResponseAsync, cancellationToken);

    public BatonServiceHelloRequest Hello(string taskId) => new()
    {
        HostId = HostId,
        TaskId = taskId,
        BuildInfo = new() { LangVersion = "none", Package = "raw", PackageVersion = "1.0.0" },
        OsInfo = new()
        {
            Hostname = "raw",
            Os = "linux",
            Platform = "debian",
            PlatformFamily = "debian",
            PlatformVersion = "12",
            KernelArch = "x86_64",
            KernelVersion = "6",
            VirtualizationSystem = "none",
        },
        ConnectorMetadata = new ConnectorMetadata { DisplayName = "Raw" },
    };

    public Task<BatonServiceGetTaskResponse> GetTaskAsync(CancellationToken cancellationToken)
        => CallAsync((service, options) => service.GetTaskAsync(new() { HostId = HostId }, options).ResponseAsync, cancellationToken);

    /// <summary>Asks until there is a task of a kind; what else comes is given back by a hello, or ended with "unsupported".</summary>
    public async Task<BatonTask> TakeAsync(BatonTask.TaskTypeOneofCase kind, CancellationToken cancellationToken)
    {
        while (true)
        {
            var task = (await GetTaskAsync(cancellationToken)).Task;
            if (task.TaskTypeCase == kind)
            {
                return task;
            }

            if (task.TaskTypeCase == BatonTask.TaskTypeOneofCase.Hello)
            {
                await HelloAsync(task.Id, cancellationToken);
            }
            else if (task.TaskTypeCase != BatonTask.TaskTypeOneofCase.None_)
            {
                await FailAsync(task.Id, StatusCode.Unimplemented, "unsupported task type", cancellationToken);
            }
        }
    }

    public Task<BatonServiceGetTasksResponse> GetTasksAsync(uint pageSize, IEnumerable<string> known, CancellationToken cancellationToken)
        => CallAsync((service, options) => service.GetTasksAsync(new() { HostId = HostId, PageSize = pageSize, KnownTaskIds = { known } }, options).ResponseAsync, cancellationToken);

    public Task<BatonServiceHeartbeatResponse> HeartbeatAsync(string taskId, CancellationToken cancellationToken)
        => CallAsync((service, options) => service.HeartbeatAsync(new() { HostId = HostId, TaskId = taskId }, options).ResponseAsync, cancellationToken);

    public Task<BatonServiceFinishTaskResponse> FinishAsync(string taskId, CancellationToken cancellationToken)
        => SendFinishAsync(new() { HostId = HostId, TaskId = taskId, Success = new() }, cancellationToken);

    public Task<BatonServiceFinishTaskResponse> FailAsync(string taskId, StatusCode code, string message, CancellationToken cancellationToken)
        => SendFinishAsync(new() { HostId = HostId, TaskId = taskId, Status = new() { Code = (int)code, Message = message }, Error = new() { NonRetryable = true } }, cancellationToken);

    public Task<BatonServiceFinishTaskResponse> SendFinishAsync(BatonServiceFinishTaskRequest request, CancellationToken cancellationToken)
        => CallAsync((service, options) => service.FinishTaskAsync(request, options).ResponseAsync, cancellationToken);

    /// <summary>Uploads as connectors do: metadata, chunks, digest.</summary>
    public Task UploadAsync(string taskId, byte[] content, CancellationToken cancellationToken) => SendUploadAsync(Parts(taskId, content), cancellationToken);

    public IEnumerable<BatonServiceUploadAssetRequest> Parts(string taskId, byte[] content)
    {
        yield return new() { Metadata = new() { HostId = HostId, TaskId = taskId } };
        for (var offset = 0; offset < content.Length; offset += ChunkSize)
        {
            yield return new() { Data = new() { Data = ByteString.CopyFrom(content, offset, Math.Min(ChunkSize, content.Length - offset)) } };
        }

        yield return new() { Eof = new() { Sha256Checksum = ByteString.CopyFrom(SHA256.HashData(content)) } };
    }

    /// <summary>Sends parts in the order in which they are given, whatever they are.</summary>
    public Task<BatonServiceUploadAssetResponse> SendUploadAsync(IEnumerable<BatonServiceUploadAssetRequest> parts, CancellationToken cancellationToken)
        => CallAsync(
            async (service, options) =>
            {
                using var upload = service.UploadAsset(options);
                try
                {
                    foreach (var part in parts)
                    {
                        await upload.RequestStream.WriteAsync(part, cancellationToken);
                    }

                    await upload.RequestStream.CompleteAsync();
                }
                catch (Exception refused) when (refused is RpcException or InvalidOperationException)
                {
                    // The platform had heard enough; why is in its answer.
                }

                return await upload.ResponseAsync;
            },
            cancellationToken);

    /// <summary>Any call, with the token that was fetched last.</summary>
    public async Task<TResponse> CallAsync<TResponse>(Func<BatonService.BatonServiceClient, CallOptions, Task<TResponse>> call, CancellationToken cancellationToken)
    {
        var token = _token ?? await AuthorizeAsync(cancellationToken);
        var headers = new Metadata { { "authorization", $"Bearer {token}" } };
        if (SharesConnection)
        {
            return await call(new(_shared ??= Channel()), new CallOptions(headers, cancellationToken: cancellationToken));
        }

        using var channel = Channel();
        return await call(new(channel), new CallOptions(headers, cancellationToken: cancellationToken));
    }

    public void Dispose() => _shared?.Dispose();

    private GrpcChannel Channel() => GrpcChannel.ForAddress($"https://{address}", new() { HttpHandler = Handler(), DisposeHttpClient = true });

    private SocketsHttpHandler Handler() => new()
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { authority },
            },
        },
    };
}
