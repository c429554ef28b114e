using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Baton.Testing.Hosting;

/// <summary>A certificate authority that nobody trusts, and a certificate of it for this machine.</summary>
internal sealed class TestCertificates : IDisposable
{
    /// <param name="now">When the authority is made.</param>
    /// <param name="names">What the server is called, besides <c>localhost</c> and 127.0.0.1.</param>
    public TestCertificates(DateTimeOffset now, params IReadOnlyList<string> names)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Baton test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));

        Server = MakeServer(authority, now, names);
        Authority = X509CertificateLoader.LoadCertificate(authority.RawData);
    }

    /// <summary>Without its private key, as a client would be given it.</summary>
    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }

    private static X509Certificate2 MakeServer(X509Certificate2 authority, DateTimeOffset now, IReadOnlyList<string> others)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        foreach (var other in others)
        {
            names.AddDnsName(other);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));

        using var certificate = request.Create(authority, now.AddDays(-1), now.AddMonths(6), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
