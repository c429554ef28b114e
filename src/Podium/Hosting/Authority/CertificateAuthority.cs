using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Podium.Hosting.Authority;

/// <summary>
/// The self-made authority of a server that was given no certificate: <c>ca.pem</c> for whoever is to trust it, and a server certificate that is
/// made anew before it ends. P-256, since every client of the field takes it.
/// </summary>
internal sealed class CertificateAuthority : IServerCertificate, IDisposable
{
    public const string CertificateName = "ca.pem";
    private const string KeyName = "ca-key.pem";
    private const int AuthorityYears = 10;
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    // A clock that is a little behind must not refuse what was just made.
    private static readonly TimeSpan Early = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _authority;
    private readonly string _publicHost;
    private readonly TimeProvider _clock;
    private readonly Lock _turn = new();
    private X509Certificate2? _server;

    private CertificateAuthority(X509Certificate2 authority, string publicHost, TimeProvider clock)
    {
        _authority = authority;
        _publicHost = publicHost;
        _clock = clock;
    }

    /// <summary>PEM of what a client must trust.</summary>
    public string? AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>Reads the authority of the folder, or makes one.</summary>
    /// <exception cref="StartupException">There is one, and it cannot be read or has ended.</exception>
    public static CertificateAuthority Open(DataFolder folder, string publicHost, TimeProvider clock)
    {
        var (certificatePath, keyPath) = (folder.FilePath(CertificateName), folder.FilePath(KeyName));
        try
        {
            // The key is written first: a crash between the two leaves a key without a certificate, which is then made anew.
            if (!File.Exists(certificatePath))
            {
                using var made = Make(clock);
                Write(keyPath, made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
                Write(certificatePath, made.ExportCertificatePem(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }

            var authority = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            if (authority.NotAfter.ToUniversalTime() <= clock.GetUtcNow().UtcDateTime)
            {
                throw new StartupException($"The server's own authority ended on {authority.NotAfter:yyyy-MM-dd}. Remove {certificatePath} to make a new one; every connector must then trust the new one.");
            }

            return new(authority, publicHost, clock);
        }
        catch (Exception failure) when (failure is IOException or CryptographicException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"The server's own authority ({certificatePath} and {KeyName} beside it) cannot be read: {failure.Message} Restore both from a backup, or remove both to make new ones.", failure);
        }
    }

    public X509Certificate2 Current()
    {
        lock (_turn)
        {
            if (_server is null || _server.NotAfter.ToUniversalTime() - Renewal <= _clock.GetUtcNow().UtcDateTime)
            {
                // Connections under way keep the old one; it is left to the garbage collector for them.
                _server = MakeServer();
            }

            return _server;
        }
    }

    public void Dispose()
    {
        _server?.Dispose();
        _authority.Dispose();
    }

    private static X509Certificate2 Make(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Podium's own authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = clock.GetUtcNow();
        return request.CreateSelfSigned(now - Early, now.AddYears(AuthorityYears));
    }

    private static void Write(string path, string text, UnixFileMode mode)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            stream.Write(Encoding.ASCII.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private X509Certificate2 MakeServer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + _publicHost, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { _publicHost, "podium.localhost", "localhost", "127.0.0.1", "::1" }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = _clock.GetUtcNow();
        var authorityEnd = new DateTimeOffset(_authority.NotAfter.ToUniversalTime());
        var end = now + ServerLife < authorityEnd ? now + ServerLife : authorityEnd;

        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7f;
        using var certificate = request.Create(_authority, now - Early, end, serial);
        return certificate.CopyWithPrivateKey(key);
    }
}
