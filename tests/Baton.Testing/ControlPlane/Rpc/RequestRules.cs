using System.Text.RegularExpressions;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.Testing.ControlPlane.Rpc;

/// <summary>The rules that requests must keep. Each check returns the first that is broken, or null.</summary>
internal static partial class RequestRules
{
    private const int LongestName = 256;
    private const int MostAnnotations = 16;
    private const int MostTasks = 100;

    public static string? Problem(IMessage request) => request switch
    {
        BatonServiceHelloRequest hello => Hello(hello),
        BatonServiceGetTaskRequest getTask => Host(getTask.HostId),
        BatonServiceGetTasksRequest getTasks => GetTasks(getTasks),
        BatonServiceHeartbeatRequest heartbeat => Heartbeat(heartbeat),
        BatonServiceUploadAssetRequest.Types.UploadMetadata metadata => Host(metadata.HostId) ?? Task(metadata.TaskId) ?? Annotations(metadata.Annotations.Count),
        BatonServiceFinishTaskRequest finish => Finish(finish),
        _ => null,
    };

    private static string? Hello(BatonServiceHelloRequest hello)
        => Host(hello.HostId)
        ?? (hello.TaskId.Length > 0 ? Task(hello.TaskId) : null)
        ?? (hello.OsInfo is null ? "os_info is missing" : Members(hello.OsInfo))
        ?? (hello.BuildInfo is null ? "build_info is missing" : Members(hello.BuildInfo))
        ?? (hello.ConnectorMetadata is null ? "connector_metadata is missing" : Metadata(hello.ConnectorMetadata))
        ?? Annotations(hello.Annotations.Count);

    // The platform turns a registration down over an empty member.
    private static string? Members(IMessage info) => info.Descriptor.Fields.InDeclarationOrder()
        .Where(field => ((string)field.Accessor.GetValue(info)).EnumerateRunes().Count() is 0 or > LongestName)
        .Select(field => $"{info.Descriptor.Name}.{field.Name} is empty or longer than {LongestName}")
        .FirstOrDefault();

    private static string? Metadata(ConnectorMetadata metadata)
        => Bytes(metadata.DisplayName) is 0 or > 1024 ? "display_name is empty or longer than 1024"
        : metadata.HelpUrl.Length > 0 && (Bytes(metadata.HelpUrl) > 1024 || !Uri.TryCreate(metadata.HelpUrl, UriKind.Absolute, out var url) || url.Scheme != "https")
            ? "help_url is not an https address"
        : Bytes(metadata.Description) > 4096 ? "description is longer than 4096"
        : null;

    private static string? GetTasks(BatonServiceGetTasksRequest request)
        => Host(request.HostId)
        ?? (request.PageSize is 0 or > MostTasks ? $"page_size is {request.PageSize}" : null)
        ?? request.KnownTaskIds.Select(Task).FirstOrDefault(problem => problem is not null)
        ?? Annotations(request.Annotations.Count);

    private static string? Heartbeat(BatonServiceHeartbeatRequest request)
        => Host(request.HostId)
        ?? Task(request.TaskId)
        ?? (request.TaskIds.Count > MostTasks ? $"{request.TaskIds.Count} task_ids" : null)
        ?? request.TaskIds.Select(Task).FirstOrDefault(problem => problem is not null)
        ?? Annotations(request.Annotations.Count);

    private static string? Finish(BatonServiceFinishTaskRequest request)
        => Host(request.HostId)
        ?? Task(request.TaskId)
        ?? request.FinalStateCase switch
        {
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Success when request.Status is not null => "a success with a status",
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Success => Annotations(request.Success.Annotations.Count),
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Error when request.Status is null or { Code: 0 } => "an error without a code",
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Error => Annotations(request.Error.Annotations.Count),
            _ => "neither success nor error",
        };

    private static string? Host(string id) => id.EnumerateRunes().Count() is 0 or > LongestName ? $"host_id is empty or longer than {LongestName}" : null;

    private static string? Task(string id) => TaskId().IsMatch(id) ? null : $"'{id}' is no task id";

    private static string? Annotations(int count) => count > MostAnnotations ? $"{count} annotations" : null;

    private static int Bytes(string text) => System.Text.Encoding.UTF8.GetByteCount(text);

    [GeneratedRegex("^[a-zA-Z0-9]{27}$")]
    private static partial Regex TaskId();
}
