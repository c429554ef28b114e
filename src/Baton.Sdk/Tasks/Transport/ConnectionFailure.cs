using System.Net.Sockets;
using System.Security.Authentication;
using Baton.Sdk.Http;
using Grpc.Core;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>What is wrong between us and the platform, in one line with the remedy.</summary>
internal sealed class ConnectionFailure(PlatformAddress address, EnvironmentProxy proxy)
{
    private static readonly string TrustRemedy = OperatingSystem.IsLinux()
        ? "if its certificate is of a private authority, name the authority's PEM file in SSL_CERT_FILE"
        : "if its certificate is of a private authority, add the authority to those that the system trusts";

    // The messages of its own exceptions name the proxy, password and all.
    private string Route => proxy.Route(address.Service) is { } through ? $"{address.Authority} through the proxy {through}" : address.Authority;

    public PlatformException Explain(Exception failure, string prefix)
    {
        var http = Find<HttpRequestException>(failure);
        var (kind, text) = http?.HttpRequestError switch
        {
            _ when Find<NotThePlatformException>(failure) is { } other => (PlatformFailure.Unreachable, other.Message),
            _ when Find<AuthenticationException>(failure) is { } tls => Insecure(tls),
            HttpRequestError.SecureConnectionError => Insecure(http),
            HttpRequestError.NameResolutionError when proxy.Route(address.Service) is { } through => (
                PlatformFailure.Unreachable,
                $"cannot find the proxy {through} that {proxy.Variable(address.Service)} names; correct it, or name {address.Service.Host} in NO_PROXY"),
            HttpRequestError.ConnectionError when proxy.Route(address.Service) is { } through => (
                PlatformFailure.Unreachable,
                $"cannot connect to the proxy {through} that {proxy.Variable(address.Service)} names: {Reason(failure)}"),
            HttpRequestError.NameResolutionError => (
                PlatformFailure.Unreachable,
                $"cannot find the host of {Route}; check the client id and {PlatformAddress.Override}"),
            HttpRequestError.ProxyTunnelError => (
                PlatformFailure.Unreachable,
                $"the proxy does not connect to {Route}{(http.StatusCode is { } status ? $": it answers {(int)status}" : "")}; check HTTPS_PROXY and NO_PROXY"),
            HttpRequestError.VersionNegotiationError => (
                PlatformFailure.Unreachable,
                $"{Route} does not speak HTTP/2; something between here and the platform takes the connection apart"),
            _ when Find<TimeoutException>(failure) is not null => (PlatformFailure.Unreachable, $"no connection to {Route} in time"),
            HttpRequestError.ConnectionError => (PlatformFailure.Unreachable, $"cannot connect to {Route}: {Reason(failure)}"),
            _ => (PlatformFailure.Unreachable, $"the connection to {Route} broke: {Reason(failure)}"),
        };
        return new(kind, StatusCode.Unavailable, prefix + text, http?.HttpRequestError == HttpRequestError.ProxyTunnelError ? null : failure);
    }

    private (PlatformFailure Kind, string Text) Insecure(Exception failure)
        => failure.GetBaseException() is IOException or SocketException
            ? (PlatformFailure.Unreachable, $"the connection to {Route} broke before it was secure: {Reason(failure)}")
            : (PlatformFailure.Untrusted, $"cannot make a secure connection to {Route}: {Reason(failure)} ({TrustRemedy})");

    private static string Reason(Exception failure) => failure.GetBaseException().Message.TrimEnd('.');

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not null and not T)
        {
            failure = failure.InnerException;
        }

        return failure as T;
    }
}
