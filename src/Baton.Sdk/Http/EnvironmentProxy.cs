using System.Net;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Http;

/// <summary>
/// The proxies that <c>HTTPS_PROXY</c> and <c>HTTP_PROXY</c> name, each for its scheme, except for what <c>NO_PROXY</c> says
/// (<see cref="ProxyExceptions"/>) and for this machine, which is never reached through a proxy. The rules are those of programs in Go, so
/// that an environment means the same to all connectors; .NET's own know no networks.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly NamedProxy? _forHttps;
    private readonly NamedProxy? _forHttp;
    private readonly ProxyExceptions _exceptions;

    private EnvironmentProxy(NamedProxy? forHttps, NamedProxy? forHttp, ProxyExceptions exceptions)
    {
        (_forHttps, _forHttp, _exceptions) = (forHttps, forHttp, exceptions);
        Credentials = new ProxyCredentials([.. new[] { forHttps, forHttp }.OfType<NamedProxy>()]);
    }

    public ICredentials? Credentials { get; set; }

    /// <param name="variables">The environment. Names in capitals go before the same in small letters.</param>
    /// <exception cref="ConnectorException">One of the two is no address.</exception>
    public static EnvironmentProxy Of(Func<string, string?> variables)
        => new(Read(variables, "HTTPS_PROXY"), Read(variables, "HTTP_PROXY"), ProxyExceptions.Parse(Value(variables, "NO_PROXY").Text));

    /// <summary>The proxy through which the target is reached, by host and port; null when it is reached directly.</summary>
    public string? Route(Uri target) => Through(target)?.Address.Authority;

    /// <summary>The variable that names the proxy of the target; null when it is reached directly.</summary>
    public string? Variable(Uri target) => Through(target)?.Variable;

    public Uri? GetProxy(Uri destination) => Through(destination)?.Address;

    public bool IsBypassed(Uri host) => Through(host) is null;

    private NamedProxy? Through(Uri target)
    {
        var proxy = target.Scheme switch
        {
            "https" => _forHttps,
            "http" => _forHttp,
            _ => null,
        };
        return proxy is null || _exceptions.Hold(target) ? null : proxy;
    }

    private static NamedProxy? Read(Func<string, string?> variables, string name)
    {
        var (variable, text) = Value(variables, name);
        if (text.Length == 0)
        {
            return null;
        }

        // It may hold a password, so it is not repeated.
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var proxy)
            || proxy.Host.Length == 0 || proxy.Scheme is not ("http" or "https" or "socks5" or "socks5h"))
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"{variable} must be an address like http://proxy.example.com:3128");
        }

        // Both leave it to the proxy to look up names; one of them says so.
        var isSocks = proxy.Scheme.StartsWith("socks", StringComparison.Ordinal);
        var address = new UriBuilder(proxy) { UserName = "", Password = "", Scheme = isSocks ? "socks5" : proxy.Scheme };
        address.Port = proxy.Port > 0 ? proxy.Port : isSocks ? 1080 : address.Port;
        return new(variable, address.Uri, CredentialOf(proxy));
    }

    private static NetworkCredential? CredentialOf(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = proxy.UserInfo.Split(':', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static (string Name, string Text) Value(Func<string, string?> variables, string name)
        => new[] { name, name.ToLowerInvariant() }.Select(each => (each, variables(each)?.Trim() ?? "")).FirstOrDefault(each => each.Item2.Length > 0, (name, ""));

    private sealed record NamedProxy(string Variable, Uri Address, NetworkCredential? Credential);

    /// <summary>Each proxy gets what is said with its own address, and no other.</summary>
    private sealed class ProxyCredentials(IReadOnlyList<NamedProxy> proxies) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
            => proxies.FirstOrDefault(proxy => proxy.Address.Authority.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase) && proxy.Credential is not null)?.Credential;
    }
}
