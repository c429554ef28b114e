using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Podium.Hosting.Authority;

namespace Podium.Hosting.Doctor;

/// <summary>The public URL and the certificate: what a connector elsewhere stumbles over first.</summary>
internal static class CertificateFindings
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    public static async Task<IReadOnlyList<DoctorFinding>> OfAsync(ServerOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<DoctorFinding> found = [await AddressAsync(options.PublicUrl.Host, cancellationToken)];
        try
        {
            if (options.Certificate is { } given)
            {
                using var certificate = X509Certificate2.CreateFromPemFile(given.CertificateFile, given.KeyFile);
                found.Add(Validity("certificate", certificate, clock, "Renew it, and put it where --tls-cert names it: a running server takes it by itself."));
                found.Add(certificate.MatchesHostname(options.PublicUrl.Host)
                    ? DoctorFinding.Ok("certificate", "names", $"The certificate is for {options.PublicUrl.Host}.")
                    : DoctorFinding.Failed("certificate", "names", $"The certificate is not for {options.PublicUrl.Host}, the host of --public-url.", "Give one that names it with --tls-cert and --tls-key, or change --public-url."));
            }
            else if (Path.Combine(options.DataDirectory, CertificateAuthority.CertificateName) is var path && File.Exists(path))
            {
                using var authority = X509CertificateLoader.LoadCertificateFromFile(path);
                found.Add(Validity("authority", authority, clock, $"Remove {path} and ca-key.pem to make a new one at the next start; every connector must then trust the new one."));
            }
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            found.Add(DoctorFinding.Failed("certificate", "readable", $"The certificate cannot be used: {failure.Message}", options.Certificate is null ? "Restore ca.pem and ca-key.pem from a backup, or remove both to make new ones." : "Look at --tls-cert and --tls-key: both must be PEM, and belong together."));
        }

        return found;
    }

    private static async Task<DoctorFinding> AddressAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out _))
        {
            return DoctorFinding.Ok("address", "public-url", $"The public address is {host}; people with passkeys need a name.");
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return DoctorFinding.Ok("address", "public-url", $"{host} is {string.Join(", ", addresses.Select(address => address.ToString()))}.");
        }
        catch (SocketException failure)
        {
            return DoctorFinding.Failed("address", "public-url", $"{host}, the host of --public-url, is not found on this machine: {failure.Message}", "Enter it into DNS, or change --public-url.");
        }
    }

    private static DoctorFinding Validity(string check, X509Certificate2 certificate, TimeProvider clock, string remedy)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return now < from ? DoctorFinding.Failed("certificate", check, $"It is valid from {from:yyyy-MM-dd} only.", "Set the clock of this machine, or take another certificate.")
            : now >= until ? DoctorFinding.Failed("certificate", check, $"It ended on {until:yyyy-MM-dd}.", remedy)
            : until - now < Soon ? DoctorFinding.Warning("certificate", check, $"It ends on {until:yyyy-MM-dd}.", remedy)
            : DoctorFinding.Ok("certificate", check, $"It is valid until {until:yyyy-MM-dd}.");
    }
}
