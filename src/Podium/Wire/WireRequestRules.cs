using System.Text;
using System.Text.RegularExpressions;
using Baton.Protocol.Connector.V2;
using Baton.Protocol.ConnectorApi.V1;
using Google.Protobuf;

namespace Podium.Wire;

/// <summary>The rules of <c>c1.connectorapi.baton.v1</c> that requests must keep. Each check gives the first that is broken, or null.</summary>
internal static partial class WireRequestRules
{
    private const int LongestName = 256;
    private const int LongestText = 1024;
    private const int LongestDescription = 4096;
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
        _ => $"{request.Descriptor.Name} is not expected",
    };

    private static string? Hello(BatonServiceHelloRequest hello)
        => Host(hello.HostId)
        ?? (hello.TaskId.Length > 0 ? Task(hello.TaskId) : null)
        ?? (hello.OsInfo is null ? "os_info is missing" : Members(hello.OsInfo))
        ?? (hello.BuildInfo is null ? "build_info is missing" : Members(hello.BuildInfo))
        ?? (hello.ConnectorMetadata is null ? "connector_metadata is missing" : Metadata(hello.ConnectorMetadata))
        ?? Annotations(hello.Annotations.Count);

    private static string? Members(IMessage info) => info.Descriptor.Fields.InDeclarationOrder()
        .Where(field => !IsName((string)field.Accessor.GetValue(info)))
        .Select(field => $"{info.Descriptor.Name}.{field.Name} is empty or longer than {LongestName} characters")
        .FirstOrDefault();

    private static string? Metadata(ConnectorMetadata metadata)
        => Encoding.UTF8.GetByteCount(metadata.DisplayName) is 0 or > LongestText ? $"display_name is empty or longer than {LongestText} bytes"
        : metadata.HelpUrl.Length > 0 && !IsHttps(metadata.HelpUrl) ? "help_url is not an https address"
        : Encoding.UTF8.GetByteCount(metadata.Description) > LongestDescription ? $"description is longer than {LongestDescription} bytes"
        : null;

    private static bool IsHttps(string text)
        => Encoding.UTF8.GetByteCount(text) <= LongestText && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps;

    private static string? GetTasks(BatonServiceGetTasksRequest request)
        => Host(request.HostId)
        ?? (request.PageSize is 0 or > MostTasks ? $"page_size is {request.PageSize}, not 1 to {MostTasks}" : null)
        ?? request.KnownTaskIds.Select(Task).FirstOrDefault(problem => problem is not null)
        ?? Annotations(request.Annotations.Count);

    private static string? Heartbeat(BatonServiceHeartbeatRequest request)
        => Host(request.HostId)
        ?? Task(request.TaskId)
        ?? (request.TaskIds.Count > MostTasks ? $"there are {request.TaskIds.Count} task_ids" : null)
        ?? request.TaskIds.Select(Task).FirstOrDefault(problem => problem is not null)
        ?? Annotations(request.Annotations.Count);

    private static string? Finish(BatonServiceFinishTaskRequest request)
        => Host(request.HostId)
        ?? Task(request.TaskId)
        ?? request.FinalStateCase switch
        {
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Success when request.Status is { Code: not 0 } => "a success with the status of an error",
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Success => Annotations(request.Success.Annotations.Count),
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Error when request.Status is null or { Code: 0 } => "an error without a code",
            BatonServiceFinishTaskRequest.FinalStateOneofCase.Error => Annotations(request.Error.Annotations.Count),
            _ => "neither success nor error",
        };

    private static string? Host(string id) => IsName(id) ? null : $"host_id is empty or longer than {LongestName} characters";

    private static bool IsName(string text) => text.EnumerateRunes().Count() is > 0 and <= LongestName;

    private static string? Task(string id) => TaskId().IsMatch(id) ? null : "a task id has 27 letters and digits";

    private static string? Annotations(int count) => count > MostAnnotations ? $"there are {count} annotations" : null;

    [GeneratedRegex(@"^[a-zA-Z0-9]{27}\z")]
    private static partial Regex TaskId();
}
