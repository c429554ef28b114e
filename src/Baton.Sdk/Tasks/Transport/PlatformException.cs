using System.Net.Sockets;
using Grpc.Core;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>A call to the platform did not succeed. The message says why, for the person who runs the connector, without secrets.</summary>
internal sealed class PlatformException(PlatformFailure failure, StatusCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public PlatformFailure Failure { get; } = failure;

    public StatusCode Code { get; } = code;

    /// <summary>
    /// The same call may succeed later although nobody changes the configuration. Not so when the platform refuses who we are or what we
    /// ask; everything between us and it can come back.
    /// </summary>
    public bool IsTransient => Failure switch
    {
        PlatformFailure.CredentialsRefused => false,
        PlatformFailure.Answered => Code is not (
            StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.InvalidArgument
            or StatusCode.Unimplemented or StatusCode.FailedPrecondition or StatusCode.NotFound),
        _ => true,
    };

    /// <summary>The call surely never left, so that repeating it cannot do anything twice.</summary>
    public bool WasNotSent => Failure is PlatformFailure.CredentialsRefused or PlatformFailure.TokenUnavailable or PlatformFailure.Untrusted
        || InnerException?.GetBaseException() is SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.HostUnreachable or SocketError.NetworkUnreachable,
        };
}
