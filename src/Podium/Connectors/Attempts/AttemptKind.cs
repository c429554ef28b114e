using Google.Protobuf.Reflection;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Connectors.Attempts;

/// <summary>Kinds of work, by their names on the wire.</summary>
internal static class AttemptKind
{
    public const string SyncFull = "sync_full";
    public const string Hello = "hello";

    private static readonly OneofDescriptor TaskType = BatonTask.Descriptor.Oneofs.Single(oneof => oneof.Name == "task_type");

    public static string Of(BatonTask task) => TaskType.Accessor.GetCaseFieldDescriptor(task).Name;
}
