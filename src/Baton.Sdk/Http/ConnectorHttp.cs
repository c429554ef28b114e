using System.Net;
using System.Net.Security;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Http;

/// <summary>
/// HTTP clients for connectors: no cookies, no caches, no redirects (which would carry credentials elsewhere), compressed answers,
/// proxies from <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c> and <c>NO_PROXY</c>.
/// </summary>
public static class ConnectorHttp
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    // A name may come to mean another address while a connector runs for months.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    /// <exception cref="ConnectorException">The certificate authority's file cannot be used.</exception>
    public static HttpClient Create(ConnectorHttpOptions options) => Create(options, observer: null);

    internal static HttpClient Create(ConnectorHttpOptions options, ServerObserver? observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            MaxConnectionsPerServer = options.Parallelism,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectTimeout = ConnectTimeout,
        };
        Trust(handler.SslOptions, options);
        observer?.Watch(handler.SslOptions);
        return new HttpClient(new RequestTelemetry(observer?.Watch(handler) ?? (HttpMessageHandler)handler)) { Timeout = Timeout.InfiniteTimeSpan };
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
