using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Http;

/// <summary>Certificate authorities to trust beside the system's.</summary>
internal sealed class TrustedAuthorities
{
    private readonly X509Certificate2Collection _authorities = [];

    private TrustedAuthorities()
    {
    }

    /// <exception cref="ConnectorException">The PEM file cannot be used.</exception>
    public static TrustedAuthorities Load(string path)
    {
        var loaded = new TrustedAuthorities();
        try
        {
            loaded._authorities.ImportFromPemFile(path);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"cannot read the certificate authorities in {path}: {refusal.Message}", refusal);
        }

        return loaded._authorities.Count > 0 ? loaded
            : throw new ConnectorException(StatusCode.InvalidArgument, $"{path} holds no certificate; it must be a PEM file");
    }

    /// <param name="pem">The text.</param>
    /// <param name="source">Where it comes from, for the message.</param>
    /// <exception cref="ConnectorException">It cannot be used.</exception>
    public static TrustedAuthorities Parse(string pem, string source)
    {
        var loaded = new TrustedAuthorities();
        try
        {
            loaded._authorities.ImportFromPem(pem);
        }
        catch (CryptographicException refusal)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"{source} holds no readable certificate: {refusal.Message}", refusal);
        }

        return loaded._authorities.Count > 0 ? loaded : throw new ConnectorException(StatusCode.InvalidArgument, $"{source} holds no certificate; it must be PEM");
    }

    public void ApplyTo(SslClientAuthenticationOptions tls) => tls.RemoteCertificateValidationCallback = IsTrusted;

    // The system's authorities stay good: the given ones come on top.
    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
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
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return own.Build(server);
    }
}
