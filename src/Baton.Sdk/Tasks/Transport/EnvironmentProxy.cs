using System.Net;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>
/// The proxy that <c>HTTPS_PROXY</c> names, except for hosts in <c>NO_PROXY</c>, under the rules that programs in Go follow: names match their
/// subdomains too, networks are written <c>10.0.0.0/8</c>, <c>*</c> is everything, and this machine is never reached through a proxy.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _proxy;
    private readonly IReadOnlyList<string> _exceptions;

    private EnvironmentProxy(Uri? proxy, IReadOnlyList<string> exceptions) => (_proxy, _exceptions) = (proxy, exceptions);

    public ICredentials? Credentials { get; set; }

    /// <exception cref="ConnectorException"><c>HTTPS_PROXY</c> is no address.</exception>
    public static EnvironmentProxy Of(Func<string, string?> variables)
    {
        var exceptions = Value(variables, "NO_PROXY").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var text = Value(variables, "HTTPS_PROXY");
        if (text.Length == 0)
        {
            return new(proxy: null, exceptions);
        }

        // It may hold a password, so it is not repeated.
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var proxy)
            || proxy.Host.Length == 0 || proxy.Scheme is not ("http" or "https" or "socks5"))
        {
            throw new ConnectorException(StatusCode.InvalidArgument, "HTTPS_PROXY must be an address like http://proxy.example.com:3128");
        }

        return new(new UriBuilder(proxy) { UserName = "", Password = "" }.Uri, exceptions) { Credentials = CredentialsOf(proxy) };
    }

    /// <summary>The proxy's host and port when the target is reached through it; otherwise null.</summary>
    public string? Route(Uri target) => IsBypassed(target) ? null : _proxy!.Authority;

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _proxy;

    public bool IsBypassed(Uri host)
    {
        var name = host.IdnHost.TrimEnd('.');
        var address = IPAddress.TryParse(name, out var parsed) ? parsed : null;
        return _proxy is null
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (address is not null && IPAddress.IsLoopback(address))
            || _exceptions.Any(exception => Matches(exception, name, address, host.Port));
    }

    private static bool Matches(string exception, string name, IPAddress? address, int port)
    {
        if (exception == "*")
        {
            return true;
        }

        if (IPNetwork.TryParse(exception, out var network))
        {
            return address is not null && network.Contains(address);
        }

        var pattern = exception;
        if (!IPAddress.TryParse(exception, out _) && exception.LastIndexOf(':') is > 0 and var colon && int.TryParse(exception.AsSpan(colon + 1), out var only))
        {
            pattern = exception[..colon];
            if (only != port)
            {
                return false;
            }
        }

        if (IPAddress.TryParse(pattern, out var exact))
        {
            return exact.Equals(address);
        }

        var domain = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[1..] : pattern;
        return address is null && (domain.StartsWith('.')
            ? name.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            : name.Equals(domain, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase));
    }

    private static NetworkCredential? CredentialsOf(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = proxy.UserInfo.Split(':', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static string Value(Func<string, string?> variables, string name)
        => variables(name) is { Length: > 0 } value ? value.Trim() : variables(name.ToLowerInvariant())?.Trim() ?? "";
}
