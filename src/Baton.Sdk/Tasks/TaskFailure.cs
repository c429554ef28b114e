using Baton.C1z;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Baton.Sdk.Tasks.Transport;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RateLimitDescription = Baton.Protocol.Connector.V2.RateLimitDescription;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks;

/// <summary>What the platform is told of a failure: its code, a text, and whether the same task can succeed later.</summary>
internal static class TaskFailure
{
    private const string FinalRemark = "task failed and is non-retryable";

    /// <summary>Kinds that change something. Upstream calls every failure of theirs final; ours only those that time does not mend.</summary>
    private static readonly HashSet<ServiceTask.TaskTypeOneofCase> Writes =
    [
        ServiceTask.TaskTypeOneofCase.Grant,
        ServiceTask.TaskTypeOneofCase.Revoke,
        ServiceTask.TaskTypeOneofCase.CreateAccount,
        ServiceTask.TaskTypeOneofCase.CreateResource,
        ServiceTask.TaskTypeOneofCase.DeleteResource,
        ServiceTask.TaskTypeOneofCase.RotateCredentials,
        ServiceTask.TaskTypeOneofCase.IssueCredential,
    ];

    /// <summary>The task itself makes no sense.</summary>
    public static TaskOutcome.Failed Malformed(string text) => new(StatusCode.Unknown, $"{text}\n{FinalRemark}", IsFinal: true);

    public static TaskOutcome.Failed Of(ServiceTask.TaskTypeOneofCase kind, Exception failure) => failure switch
    {
        ConnectorException refusal => Of(refusal.Code, refusal.Message, Writes.Contains(kind) && !refusal.IsTransient) with { Details = Details(refusal) },
        PlatformException platform => Of(platform.Code, platform.Message, isFinal: false),

        SyncException broken => Of(StatusCode.Unknown, broken.Message, broken.BreaksInvariant),
        C1zException file => Of(StatusCode.Unknown, file.Message, isFinal: false),
        OperationCanceledException => Of(StatusCode.Cancelled, "context canceled", isFinal: false),
        IOException disk => Of(StatusCode.Unknown, disk.Message, isFinal: false),
        _ => Of(StatusCode.Internal, $"Internal Server Error: an unexpected {failure.GetType().Name}; the connector's log has the details", Writes.Contains(kind)),
    };

    // The texts are those that the platform's users know from the original SDK, its names of codes included.
    private static TaskOutcome.Failed Of(StatusCode code, string message, bool isFinal)
    {
        code = code == StatusCode.OK ? StatusCode.Internal : code;
        var text = !isFinal ? message
            : code == StatusCode.Unknown ? $"{message}\n{FinalRemark}"
            : $"rpc error: code = {NameOf(code)} desc = {message}\n{FinalRemark}";
        return new(code, text, isFinal);
    }

    private static string NameOf(StatusCode code) => code == StatusCode.Cancelled ? "Canceled" : code.ToString();

    private static IReadOnlyList<Any> Details(ConnectorException refusal)
        => refusal.RateLimit is not { } limit ? [] :
        [
            Any.Pack(new RateLimitDescription
            {
                Limit = limit.Limit ?? 0,
                Remaining = limit.Remaining ?? 0,
                ResetAt = limit.ResetAt.ToTimestamp(),
            }),
        ];
}
