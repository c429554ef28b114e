using System.Net;
using System.Net.Security;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Http;

/// <summary>
/// HTTP clients for connectors: no cookies, no caches, no redirects (which would carry credentials elsewhere), compressed answers,
/// proxies by the rules of <see cref="EnvironmentProxy"/>.
/// </summary>
public static class ConnectorHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    // A name may come to mean another address while a connector runs for months.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    /// <exception cref="ConnectorException">The certificate authority's file, or a proxy of the environment, cannot be used.</exception>
    public static HttpClient Create(ConnectorHttpOptions options) => Create(options, observer: null);

    internal static HttpClient Create(ConnectorHttpOptions options, ServerObserver? observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        var proxy = EnvironmentProxy.Of(options.Network.Variables);
        var handler = new SocketsHttpHandler
        {
            Proxy = proxy,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            MaxConnectionsPerServer = options.Parallelism,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectTimeout = ConnectTimeout,
        };
        Trust(handler.SslOptions, options);
        observer?.Watch(handler.SslOptions);
        var seen = new ProxyWitness(observer?.Watch(handler) ?? (HttpMessageHandler)handler, proxy);
        return new HttpClient(new RequestTelemetry(new GatewayHeaders(seen, options.Network.Headers))) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static void Trust(SslClientAuthenticationOptions tls, ConnectorHttpOptions options)
    {
        if (options.SkipCertificateChecks)
        {
#pragma warning disable CA5359 // Asked for by name, and warned of.
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (options.CertificateAuthorityPath is { Length: > 0 } path)
        {
            TrustedAuthorities.Load(path).ApplyTo(tls);
        }
    }
}
