using Baton.Credentials;
using Baton.Sdk.Hosting.Service;
using Baton.Sdk.Tests.Logging;
using Baton.Testing.ControlPlane;

namespace Baton.Sdk.Tests.Hosting.Service;

public sealed class CurrentClientSecretTests
{
    [Fact]
    public async Task Read_Replaced_IsTheNewOneAndTheOldOneStaysUsable()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var text = platform.ClientSecret;
        using var log = new LogCapture();
        using var secret = new CurrentClientSecret(() => text, log.Logger);
        var first = secret.Read();
        platform.ReplaceSecret();

        text = platform.ClientSecret;
        var second = secret.Read();

        Assert.NotEqual(first.KeyId, second.KeyId, StringComparer.Ordinal);
        Assert.Same(second, secret.Read());
        Assert.Equal(64, first.Sign("x"u8).Length);
    }

    [Fact]
    public async Task Read_ReplacedByNonsense_KeepsTheLastAndSaysSoOnce()
    {
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var text = platform.ClientSecret;
        using var log = new LogCapture();
        using var secret = new CurrentClientSecret(() => text, log.Logger);
        var first = secret.Read();

        text = "planted-nonsense";
        Assert.Same(first, secret.Read());
        Assert.Same(first, secret.Read());

        Assert.Single(log.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("planted", log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_Nonsense_IsRefused()
        => Assert.Throws<CredentialException>(() => new CurrentClientSecret(() => "nonsense", Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
}
