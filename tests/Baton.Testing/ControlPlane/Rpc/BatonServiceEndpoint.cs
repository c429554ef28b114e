using Baton.Protocol.ConnectorApi.V1;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Tasks;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Baton.Testing.ControlPlane.Rpc;

/// <summary>The methods of the service, on what the control plane holds.</summary>
internal sealed partial class BatonServiceEndpoint(FakeControlPlane platform, FakeControlPlaneOptions options) : BatonService.BatonServiceBase
{
    public override Task<BatonServiceHelloResponse> Hello(BatonServiceHelloRequest request, ServerCallContext context)
        => AnswerAsync(CallKind.Hello, request, request.HostId, request.TaskId, context, (call, _) =>
        {
            if (request.TaskId.Length > 0)
            {
                var task = Find(call, request.TaskId);
                if (task.Message.TaskTypeCase != TaskType.Hello)
                {
                    throw Report(call, StatusCode.InvalidArgument, "a hello for another kind of task");
                }

                Finish(call, task, request: null);
            }

            return Task.FromResult(new BatonServiceHelloResponse());
        });

    public override Task<BatonServiceGetTaskResponse> GetTask(BatonServiceGetTaskRequest request, ServerCallContext context)
        => AnswerAsync(CallKind.GetTask, request, request.HostId, taskId: "", context, async (_, gone) =>
        {
            var tasks = await TakeAsync(request.HostId, 1, [], gone);
            return new BatonServiceGetTaskResponse
            {
                Task = tasks.Count > 0 ? tasks[0] : new BatonTask { None = new() },
                NextPoll = NextPoll(tasks),
            };
        });

    public override Task<BatonServiceGetTasksResponse> GetTasks(BatonServiceGetTasksRequest request, ServerCallContext context)
        => AnswerAsync(CallKind.GetTasks, request, request.HostId, taskId: "", context, async (_, gone) =>
        {
            var tasks = await TakeAsync(request.HostId, (int)request.PageSize, request.KnownTaskIds, gone);
            return new BatonServiceGetTasksResponse { Tasks = { tasks }, NextPoll = NextPoll(tasks) };
        });

    public override Task<BatonServiceHeartbeatResponse> Heartbeat(BatonServiceHeartbeatRequest request, ServerCallContext context)
        => AnswerAsync(CallKind.Heartbeat, request, request.HostId, request.TaskId, context, (call, _) =>
        {
            var task = Find(call, request.TaskId);
            if (call.CancelsTask)
            {
                task.Cancel();
            }

            return Task.FromResult(new BatonServiceHeartbeatResponse
            {
                Cancelled = !platform.Tasks.KeepAlive(task, request.HostId),
                NextHeartbeat = platform.NextHeartbeat is { } next ? Duration.FromTimeSpan(next) : null,
            });
        });

    public override Task<BatonServiceFinishTaskResponse> FinishTask(BatonServiceFinishTaskRequest request, ServerCallContext context)
        => AnswerAsync(CallKind.FinishTask, request, request.HostId, request.TaskId, context, (call, _) =>
        {
            var task = Find(call, request.TaskId);
            switch (task.Message.TaskTypeCase)
            {
                case TaskType.Hello:
                    throw Report(call, StatusCode.InvalidArgument, "a hello task is ended by a hello");
                case TaskType.SyncFull when request.Success is not null && task.Uploads.Count == 0:
                    throw Report(call, StatusCode.FailedPrecondition, "a sync succeeded without an upload");
                default:
                    Finish(call, task, request);
                    return Task.FromResult(new BatonServiceFinishTaskResponse());
            }
        });

    public override Task<StartDebuggingResponse> StartDebugging(StartDebuggingRequest request, ServerCallContext context)
        => AnswerAsync<StartDebuggingResponse>(CallKind.StartDebugging, request, hostId: "", taskId: "", context, (call, _)
            => throw Report(call, StatusCode.Unimplemented, "no client calls StartDebugging"));

    private async Task<IReadOnlyList<BatonTask>> TakeAsync(string hostId, int wanted, IReadOnlyCollection<string> known, CancellationToken clientGone)
    {
        var taken = platform.Tasks.Take(hostId, wanted, known);
        if (taken.Count > 0 || options.LongPoll <= TimeSpan.Zero)
        {
            return taken;
        }

        using var limit = new CancellationTokenSource(options.LongPoll, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, clientGone);
        try
        {
            while (taken.Count == 0)
            {
                await platform.Changes.WaitUntilAsync(() => platform.Tasks.Any(known), either.Token);
                taken = platform.Tasks.Take(hostId, wanted, known);
            }
        }
        catch (OperationCanceledException) when (!clientGone.IsCancellationRequested)
        {
            // Nothing came.
        }

        return taken;
    }

    // With work at hand the next request is welcome at once.
    private Duration? NextPoll(IReadOnlyList<BatonTask> tasks)
        => tasks.Count > 0 ? new Duration() : platform.NextPoll is { } next ? Duration.FromTimeSpan(next) : null;

    private PlatformTask Find(PlatformCall call, string id)
        => platform.Tasks.Find(id) ?? throw Report(call, StatusCode.NotFound, $"there is no task {id}");

    private void Finish(PlatformCall call, PlatformTask task, BatonServiceFinishTaskRequest? request)
    {
        if (platform.Tasks.Finish(task, new(call.HostId!, platform.Time.GetUtcNow(), request)))
        {
            return;
        }

        // Who never learned that it was heard may say the same again, and who lost its lease does not know it; nobody else may.
        var isHarmless = task.Deliveries > 1 || (task.End is { } end && end.HostId == call.HostId && Equals(end.Request, request));
        throw isHarmless
            ? new RpcException(new Status(StatusCode.FailedPrecondition, $"task {task.Id} is over, or another's"))
            : Report(call, StatusCode.FailedPrecondition, $"task {task.Id} is finished again, or by who does not have it");
    }

    private RpcException Report(PlatformCall call, StatusCode code, string text)
    {
        platform.Report(call, text);
        return new RpcException(new Status(code, text));
    }

    /// <summary>What every method has in common: the log, what is to go wrong, who calls, and the rules.</summary>
    private async Task<TResponse> AnswerAsync<TResponse>(
        CallKind kind, IMessage? request, string hostId, string taskId, ServerCallContext context, Func<PlatformCall, CancellationToken, Task<TResponse>> carryOut)
    {
        var http = context.GetHttpContext();
        var call = platform.Calls.Start(kind, http);
        var status = "gone";
        try
        {
            Note(call, request, hostId, taskId);
            call.Token = platform.Tokens.Check(http.Request.Headers.Authorization.ToString());
            var fault = await platform.Faults.MatchAsync(call, context.CancellationToken);
            if (fault is { AfterEffect: false, AfterBytes: 0 })
            {
                status = await fault.Fault.ApplyAsync(http, context.CancellationToken);
                throw new RpcException(new Status(StatusCode.Unknown, "answered wrongly on purpose"));
            }

            call.Fault = fault;
            Admit(call);
            var response = await carryOut(call, context.CancellationToken);
            if (fault is not null)
            {
                status = await fault.Fault.ApplyAsync(http, context.CancellationToken);
                throw new RpcException(new Status(StatusCode.Unknown, "answered wrongly on purpose"));
            }

            status = "OK";
            return response;
        }
        catch (RpcException refusal) when (status == "gone" && !context.CancellationToken.IsCancellationRequested)
        {
            status = $"{refusal.StatusCode}";
            throw;
        }
        finally
        {
            platform.Calls.End(call, status);
        }
    }

    private void Admit(PlatformCall call)
    {
        if (call.Token is null)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "no valid access token"));
        }

        if (call.Request is { } request)
        {
            Check(call, request);
        }
    }

    private void Check(PlatformCall call, IMessage request)
    {
        if (RequestRules.Problem(request) is { } problem)
        {
            throw Report(call, StatusCode.InvalidArgument, problem);
        }

        if (!platform.Knows(call.HostId!))
        {
            throw Report(call, StatusCode.InvalidArgument, $"{call.HostId} is one host too many");
        }
    }

    private static void Note(PlatformCall call, IMessage? request, string hostId, string taskId)
    {
        call.Request = request;
        call.HostId = hostId.Length > 0 ? hostId : null;
        call.TaskId = taskId.Length > 0 ? taskId : null;
    }
}
