using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Podium.Hosting.Authority;

/// <summary>A certificate from files, read again when they change: who renews it need not know of us.</summary>
internal sealed class GivenCertificate : IServerCertificate, IDisposable
{
    private readonly string _certificateFile;
    private readonly string _keyFile;
    private readonly Lock _turn = new();
    private (DateTime Certificate, DateTime Key) _written;
    private X509Certificate2 _current;

    /// <exception cref="StartupException">The files cannot be read, or do not belong together.</exception>
    public GivenCertificate(string certificateFile, string keyFile)
    {
        (_certificateFile, _keyFile) = (certificateFile, keyFile);
        try
        {
            _written = Written();
            _current = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (Exception failure) when (failure is IOException or CryptographicException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"The certificate {certificateFile} with the key {keyFile} cannot be used: {failure.Message} Both must be PEM, and belong together.", failure);
        }
    }

    public string? AuthorityPem => null;

    public X509Certificate2 Current()
    {
        lock (_turn)
        {
            try
            {
                if (Written() is var written && written != _written)
                {
                    _current = X509Certificate2.CreateFromPemFile(_certificateFile, _keyFile);
                    _written = written;
                }
            }
            catch (Exception failure) when (failure is IOException or CryptographicException or UnauthorizedAccessException or ArgumentException)
            {
                // Half replaced: the old one goes on until both files fit again.
            }

            return _current;
        }
    }

    public void Dispose() => _current.Dispose();

    private (DateTime Certificate, DateTime Key) Written() => (File.GetLastWriteTimeUtc(_certificateFile), File.GetLastWriteTimeUtc(_keyFile));
}
