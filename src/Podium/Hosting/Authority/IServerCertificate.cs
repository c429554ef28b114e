using System.Security.Cryptography.X509Certificates;

namespace Podium.Hosting.Authority;

/// <summary>The certificate that the server shows: asked for at each handshake, so that one that was renewed needs no restart.</summary>
internal interface IServerCertificate
{
    /// <summary>PEM of the authority that clients must be told to trust; null where the machine's store is enough.</summary>
    string? AuthorityPem { get; }

    X509Certificate2 Current();
}
