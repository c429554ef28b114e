using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Http;

/// <summary>HTTP outcomes in the terms of the engine.</summary>
public static class HttpFailure
{
    /// <summary>The code of a failed response.</summary>
    public static StatusCode Code(HttpStatusCode status) => (int)status switch
    {
        400 => StatusCode.InvalidArgument,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.NotFound,
        408 => StatusCode.DeadlineExceeded,
        409 => StatusCode.AlreadyExists,
        429 => StatusCode.Unavailable,
        501 => StatusCode.Unimplemented,
        >= 500 => StatusCode.Unavailable,
        >= 400 => StatusCode.InvalidArgument,
        _ => StatusCode.Unknown,
    };

    /// <summary>What a response says about its rate limit; null when nothing.</summary>
    public static RateLimit? RateLimit(HttpResponseMessage response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        return RateLimitHeaders.Read(response.Headers, response.StatusCode, now);
    }

    /// <summary>A request that got no complete answer, in one line: what is wrong and which setting to look at.</summary>
    public static ConnectorException Explain(HttpRequestException failure, Uri server)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(server);
        var proxied = failure as ProxiedRequestException;
        var through = proxied is null ? server.Authority : $"{server.Authority} through the proxy {proxied.Proxy}";
        var (text, transient) = failure switch
        {
            ProxiedRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (
                $"cannot find the proxy {proxied!.Proxy} that {proxied.Variable} names; correct it, or name {server.Host} in NO_PROXY",
                SocketError(failure) is System.Net.Sockets.SocketError.TryAgain),
            ProxiedRequestException { HttpRequestError: HttpRequestError.ConnectionError } => (
                $"cannot connect to the proxy {proxied!.Proxy} that {proxied.Variable} names: {Innermost(failure).Message}", true),
            { HttpRequestError: HttpRequestError.NameResolutionError } => (
                $"cannot find the host {server.Host}; check the instance URL", SocketError(failure) is System.Net.Sockets.SocketError.TryAgain),
            _ when IsPlain(failure) && server.Scheme == Uri.UriSchemeHttps => (
                $"{server.Authority} answers http, not https: write http:// in front of the address, or give the port that speaks https", false),
            { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } => (
                $"cannot make a secure connection to {through}: {Innermost(failure).Message} (a private certificate authority is given with --ca-cert)",
                false),

            // Its message names the proxy, password and all.
            { HttpRequestError: HttpRequestError.ProxyTunnelError } => (
                $"the proxy refuses to connect to {server.Authority}{(failure.StatusCode is { } status ? $": it answers {(int)status}" : "")}; check HTTPS_PROXY and NO_PROXY",
                false),
            { HttpRequestError: HttpRequestError.ConnectionError } => ($"cannot connect to {server.Authority}: {Innermost(failure).Message}", true),
            _ => ($"the connection to {through} broke: {Innermost(failure).Message}", true),
        };
        return new ConnectorException(StatusCode.Unavailable, text, failure.HttpRequestError == HttpRequestError.ProxyTunnelError ? null : failure) { IsTransient = transient };
    }

    // What a plain answer looks like to somebody who waits for the head of an encrypted one. .NET has no other sign of it.
    private static bool IsPlain(HttpRequestException failure)
        => failure is { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException }
            && Innermost(failure).Message.Contains("frame size", StringComparison.OrdinalIgnoreCase);

    private static SocketError? SocketError(Exception failure) => (Innermost(failure) as SocketException)?.SocketErrorCode;

    private static Exception Innermost(Exception failure) => failure.GetBaseException();
}
