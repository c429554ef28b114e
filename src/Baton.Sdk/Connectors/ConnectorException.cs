using Grpc.Core;

namespace Baton.Sdk.Connectors;

/// <summary>
/// The target system did not do what was asked. The message is for the person who runs the connector: what went wrong and what to do,
/// without secrets. The code decides whether the engine waits and repeats, and becomes the exit code.
/// </summary>
public sealed class ConnectorException(StatusCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public StatusCode Code { get; } = code;

    /// <summary>Repeating the same request later can succeed. By default for <c>Unavailable</c> and <c>DeadlineExceeded</c>.</summary>
    public bool IsTransient { get; init; } = code is StatusCode.Unavailable or StatusCode.DeadlineExceeded;

    /// <summary>When the target system said it would answer again; null when it did not say.</summary>
    public RateLimit? RateLimit { get; init; }
}
