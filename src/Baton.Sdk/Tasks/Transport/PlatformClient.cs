using Baton.Protocol.Connector.V2;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using Task = System.Threading.Tasks.Task;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>
/// The platform's service, over one connection that all calls share. Every call has a limit, shows a token that is good, and tries once
/// more with a new one when the platform does not take it. Thread-safe.
/// </summary>
internal sealed partial class PlatformClient : IDisposable
{
    private readonly PlatformOptions _options;
    private readonly PlatformAddress _address;
    private readonly ConnectionFailure _failures;
    private readonly TokenSource _tokens;
    private readonly GrpcChannel _channel;
    private readonly BatonService.BatonServiceClient _service;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <exception cref="ConnectorException">The options cannot be used. Nothing is connected to yet.</exception>
    public PlatformClient(PlatformOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _address = PlatformAddress.Of(options.Client, options.Variables(PlatformAddress.Override));
        var proxy = EnvironmentProxy.Of(options.Variables);
        _failures = new(_address, proxy);
        var calls = PlatformHttp.ForCalls(proxy, options.CertificateAuthorityPath, UserAgent.OfCalls(options.Client.Name));
        _tokens = new(PlatformHttp.ForTokens(proxy, options.CertificateAuthorityPath), _address, _failures, options, time, logger);
        _channel = GrpcChannel.ForAddress(_address.Service, new() { HttpHandler = calls, DisposeHttpClient = true });
        _service = new(_channel);
    }

    public string HostId => _options.HostId;

    /// <param name="details">Who we are.</param>
    /// <param name="metadata">What the connector is and can do.</param>
    /// <param name="taskId">The hello task that this answers; null when the connector starts.</param>
    /// <inheritdoc cref="CallAsync"/>
    public Task HelloAsync(HelloDetails details, ConnectorMetadata metadata, string? taskId, CancellationToken cancellationToken)
    {
        var request = new BatonServiceHelloRequest
        {
            HostId = HostId,
            TaskId = taskId ?? "",
            BuildInfo = details.Build,
            OsInfo = details.System,
            ConnectorMetadata = metadata,
        };
        return CallAsync("Hello", _options.Limits.Hello, call => _service.HelloAsync(request, call).ResponseAsync, cancellationToken);
    }

    /// <inheritdoc cref="CallAsync"/>
    public Task<BatonServiceGetTaskResponse> GetTaskAsync(CancellationToken cancellationToken)
    {
        var request = new BatonServiceGetTaskRequest { HostId = HostId };
        return CallAsync("GetTask", _options.Limits.GetTask, call => _service.GetTaskAsync(request, call).ResponseAsync, cancellationToken);
    }

    /// <param name="wanted">1 to 100.</param>
    /// <param name="known">Ids of the tasks that are queued or worked on here.</param>
    /// <inheritdoc cref="CallAsync"/>
    public Task<BatonServiceGetTasksResponse> GetTasksAsync(int wanted, IEnumerable<string> known, CancellationToken cancellationToken)
    {
        var request = new BatonServiceGetTasksRequest { HostId = HostId, PageSize = (uint)wanted, KnownTaskIds = { known } };
        return CallAsync("GetTasks", _options.Limits.GetTask, call => _service.GetTasksAsync(request, call).ResponseAsync, cancellationToken);
    }

    /// <inheritdoc cref="CallAsync"/>
    public Task<BatonServiceHeartbeatResponse> HeartbeatAsync(string taskId, CancellationToken cancellationToken)
    {
        var request = new BatonServiceHeartbeatRequest { HostId = HostId, TaskId = taskId };
        return CallAsync("Heartbeat", _options.Limits.Heartbeat, call => _service.HeartbeatAsync(request, call).ResponseAsync, cancellationToken);
    }

    /// <param name="request">Its host id is set here.</param>
    /// <inheritdoc cref="CallAsync"/>
    public Task FinishTaskAsync(BatonServiceFinishTaskRequest request, CancellationToken cancellationToken)
    {
        var signed = request.Clone();
        signed.HostId = HostId;
        return CallAsync("FinishTask", _options.Limits.FinishTask, call => _service.FinishTaskAsync(signed, call).ResponseAsync, cancellationToken);
    }

    /// <summary>Sends a file that belongs to a task, and tries again if need be.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <inheritdoc cref="CallAsync"/>
    public Task UploadAssetAsync(string taskId, string path, CancellationToken cancellationToken)
        => new AssetUpload(this, _service, _options.Limits, _time, _logger).SendAsync(taskId, path, cancellationToken);

    public void Dispose()
    {
        _tokens.Dispose();
        _channel.Dispose();
    }

    /// <exception cref="PlatformException">It did not succeed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    private async Task<T> CallAsync<T>(string method, TimeSpan limit, Func<CallOptions, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await AttemptAsync(method, limit, call, cancellationToken);
        }
        catch (PlatformException refusal) when (refusal is { Failure: PlatformFailure.Answered, Code: StatusCode.Unauthenticated })
        {
            LogTokenRefused(method);
            return await AttemptAsync(method, limit, call, cancellationToken);
        }
    }

    /// <summary>One call. A token that the platform does not take is not used again.</summary>
    /// <inheritdoc cref="CallAsync"/>
    internal async Task<T> AttemptAsync<T>(string method, TimeSpan limit, Func<CallOptions, Task<T>> call, CancellationToken cancellationToken)
    {
        using var overdue = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, cancellationToken);
        try
        {
            var token = await _tokens.GetAsync(either.Token);
            try
            {
                return await call(Options(token, limit, either.Token));
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unauthenticated)
            {
                _tokens.Forget(token);
                throw;
            }
        }
        catch (Exception cancelled) when (cancelled is RpcException or OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception late) when (late is RpcException or OperationCanceledException && (overdue.IsCancellationRequested || IsLocalDeadline(late)))
        {
            throw new PlatformException(
                PlatformFailure.TimedOut, StatusCode.DeadlineExceeded, $"{method}: no answer from {_address.Authority} within {limit.TotalSeconds:0} s", late);
        }
        catch (RpcException failure)
        {
            throw Explain(method, failure);
        }
    }

    private PlatformException Explain(string method, RpcException failure)
        => failure.Status.DebugException is { } cause
            ? _failures.Explain(cause, $"{method}: ")
            : new(PlatformFailure.Answered, failure.StatusCode, $"{method}: the platform answers {failure.StatusCode}: {failure.Status.Detail}", failure);

    // What a server says about its deadline has words.
    private static bool IsLocalDeadline(Exception failure)
        => failure is RpcException { StatusCode: StatusCode.DeadlineExceeded, Status: { DebugException: null, Detail.Length: 0 } };

    private static CallOptions Options(PlatformToken token, TimeSpan limit, CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        token.AddTo(headers);

        // For the platform's information: here the limit is kept by our own clock. The library measures by the system's.
        return new(headers, (TimeProvider.System.GetUtcNow() + limit).UtcDateTime, cancellationToken);
    }

    [LoggerMessage(EventId = 5202, Level = LogLevel.Information, Message = "the platform does not take our token, asking for another")]
    private partial void LogTokenRefused(string method);
}
