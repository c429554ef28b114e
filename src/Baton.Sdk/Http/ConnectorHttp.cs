using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baton.Sdk.Connectors;
using Grpc.Core;

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
    public static HttpClient Create(ConnectorHttpOptions options)
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
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
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
            var authorities = Load(path);
            tls.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
        }
    }

    private static X509Certificate2Collection Load(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"cannot read the certificate authorities in {path}: {refusal.Message}", refusal);
        }

        return authorities.Count > 0 ? authorities
            : throw new ConnectorException(StatusCode.InvalidArgument, $"{path} holds no certificate; it must be a PEM file");
    }

    // The system's authorities stay good: the given ones come on top.
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server || chain is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return own.Build(server);
    }
}
