using Baton.Sdk.Connectors;
using Baton.Credentials;
using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Tests.Tasks.Transport;

public sealed class PlatformAddressTests
{
    [Theory]
    [InlineData("n@acme.conductor.one/ccc", null, "https://acme.conductor.one/auth/v1/token", "acme.conductor.one:443", "acme.conductor.one")]
    [InlineData("n@acme.conductor.one:8443/ccc", null, "https://acme.conductor.one:8443/auth/v1/token", "acme.conductor.one:8443", "acme.conductor.one")]
    [InlineData("n@acme.conductor.one/ccc", "127.0.0.1:9443", "https://127.0.0.1:9443/auth/v1/token", "127.0.0.1:9443", "acme.conductor.one")]
    [InlineData("n@acme.conductor.one:1/ccc", "api.example.com", "https://api.example.com/auth/v1/token", "api.example.com:443", "acme.conductor.one")]
    [InlineData("n@[::1]:9443/ccc", null, "https://[::1]:9443/auth/v1/token", "[::1]:9443", "::1")]
    public void Of_Hosts_GivesWhereTokensAndCallsGo(string client, string? apiHost, string token, string authority, string audience)
    {
        var address = PlatformAddress.Of(ClientId.Parse(client), apiHost);

        Assert.Equal((token, authority, audience), (address.TokenUrl.ToString(), address.Authority, address.Audience));
        Assert.Equal("https", address.Service.Scheme);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://acme.conductor.one")]
    [InlineData("acme.conductor.one/path")]
    [InlineData("user@acme.conductor.one")]
    [InlineData("acme.conductor.one:port")]
    [InlineData("acme conductor")]
    public void Of_OverrideThatIsNoHost_IsRefusedByName(string apiHost)
    {
        var refusal = Assert.Throws<ConnectorException>(() => PlatformAddress.Of(ClientId.Parse("n@acme.conductor.one/ccc"), apiHost));

        Assert.Equal($"BATON_C1_API_HOST is '{apiHost}': it must be a host or host:port, or not be set at all", refusal.Message);
    }

    [Theory]
    [InlineData("n@/ccc")]
    [InlineData("n@a b/ccc")]
    [InlineData("n@host:99999/ccc")]
    public void Of_ClientIdWithoutAHost_IsRefused(string client)
        => Assert.StartsWith("invalid client id", Assert.Throws<ConnectorException>(() => PlatformAddress.Of(ClientId.Parse(client), null)).Message, StringComparison.Ordinal);
}
