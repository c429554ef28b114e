using Baton.C1z;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>What a file says of a sync that was asked for, as an operation answers it.</summary>
internal static class SyncRefusal
{
    /// <summary>Null for what the file itself is at fault for.</summary>
    public static ConnectorException? Of(C1zException refusal) => refusal.Error switch
    {
        C1zError.NoSuchSync => new(StatusCode.NotFound, refusal.Message, refusal),
        C1zError.UnsuitableSync => new(StatusCode.FailedPrecondition, refusal.Message, refusal),
        _ => null,
    };
}
