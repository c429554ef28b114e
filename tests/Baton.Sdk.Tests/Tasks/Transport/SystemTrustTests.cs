using Baton.Testing.ControlPlane;

namespace Baton.Sdk.Tests.Tasks.Transport;

/// <summary>What the system trusts is named by SSL_CERT_FILE and SSL_CERT_DIR: .NET leaves that to OpenSSL, so it holds on Linux.</summary>
public sealed class SystemTrustTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetTask_AuthorityInCertFile_IsTrusted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "OpenSSL only");
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);

        Assert.Equal("trusted", await SystemTrust.CallAsync(platform, Cancellation));
    }

    [Fact]
    public async Task GetTask_AuthorityInCertDir_IsTrusted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "OpenSSL only");
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        var folder = Directory.CreateTempSubdirectory("baton-trust-");
        File.Copy(platform.CertificateAuthorityPath, Path.Combine(folder.FullName, "private.pem"));

        var outcome = await SystemTrust.CallAsync(platform, Cancellation, ("SSL_CERT_FILE", null), ("SSL_CERT_DIR", folder.FullName));

        folder.Delete(recursive: true);
        Assert.Equal("trusted", outcome);
    }

    [Fact]
    public async Task GetTask_AuthorityInNeither_IsRefusedWithTheRemedy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "OpenSSL only");
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);

        var outcome = await SystemTrust.CallAsync(platform, Cancellation, ("SSL_CERT_FILE", null));

        Assert.StartsWith($"Untrusted: failed to get token: cannot make a secure connection to {platform.Address}: ", outcome, StringComparison.Ordinal);
        Assert.EndsWith("(if its certificate is of a private authority, name the authority's PEM file in SSL_CERT_FILE)", outcome, StringComparison.Ordinal);
    }
}
