using Baton.C1z;
using Baton.CommandLine;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting.OneShot;
using Baton.Sdk.Sync;
using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Hosting;

/// <summary>
/// Exit codes: 0 for success, the number of the gRPC code for what the target system refuses, 2 for what the user can mend (and for
/// bugs), 1 for an interruption.
/// </summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Interrupted = 1;
    public const int Failure = 2;

    public static int Of(Exception failure) => failure switch
    {
        ConnectorException refusal => (int)refusal.Code is 0 ? (int)Grpc.Core.StatusCode.Internal : (int)refusal.Code,
        PlatformException refusal => (int)refusal.Code is 0 ? (int)Grpc.Core.StatusCode.Internal : (int)refusal.Code,
        OperationCanceledException => Interrupted,
        _ => Failure,
    };

    /// <summary>A failure that was foreseen: its message is all that the user needs. Anything else is a bug, and shows where it is.</summary>
    public static bool IsForeseen(Exception failure)
        => failure is ConnectorException or PlatformException or C1zException or SyncException or ConfigurationException or UsageException
            or OperationCanceledException or UnwrittenResultException;
}
