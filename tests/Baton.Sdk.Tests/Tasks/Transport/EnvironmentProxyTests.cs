using Baton.Sdk.Connectors;
using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Tests.Tasks.Transport;

public sealed class EnvironmentProxyTests
{
    [Theory]
    [InlineData("", "acme.example.com", true)]
    [InlineData("other.example.com", "acme.example.com", true)]
    [InlineData("acme.example.com", "acme.example.com", false)]
    [InlineData("ACME.example.com", "acme.Example.com", false)]
    [InlineData("example.com", "acme.example.com", false)]
    [InlineData("example.com", "acmeexample.com", true)]
    [InlineData(".example.com", "acme.example.com", false)]
    [InlineData(".example.com", "example.com", true)]
    [InlineData("*.example.com", "acme.example.com", false)]
    [InlineData("*", "acme.example.com", false)]
    [InlineData("a.org, acme.example.com:443", "acme.example.com", false)]
    [InlineData("acme.example.com:8443", "acme.example.com", true)]
    [InlineData("10.0.0.0/8", "10.1.2.3", false)]
    [InlineData("10.0.0.0/8", "11.1.2.3", true)]
    [InlineData("10.0.0.0/8", "acme.example.com", true)]
    [InlineData("10.1.2.3", "10.1.2.3", false)]
    [InlineData("fd00::/8", "[fd00::1]", false)]
    [InlineData("", "localhost", false)]
    [InlineData("", "127.0.0.2", false)]
    [InlineData("", "[::1]", false)]
    public void GetProxy_Exceptions_DecideWhatIsReachedDirectly(string exceptions, string host, bool proxied)
    {
        var proxy = Of(("HTTPS_PROXY", "proxy.example.net:3128"), ("NO_PROXY", exceptions));
        var target = new Uri($"https://{host}/");

        Assert.Equal(proxied, !proxy.IsBypassed(target));
        Assert.Equal(proxied ? new Uri("http://proxy.example.net:3128/") : null, proxy.GetProxy(target));
        Assert.Equal(proxied ? "proxy.example.net:3128" : null, proxy.Route(target));
    }

    [Fact]
    public void GetProxy_Unset_IsNone() => Assert.Null(Of(("HTTPS_PROXY", "")).GetProxy(new("https://acme.example.com/")));

    [Fact]
    public void GetProxy_LowerCaseVariables_CountWhenTheOthersAreMissing()
    {
        var proxy = Of(("https_proxy", "http://proxy.example.net:1"), ("no_proxy", "acme.example.com"));

        Assert.True(proxy.IsBypassed(new("https://acme.example.com/")));
        Assert.NotNull(proxy.GetProxy(new("https://example.com/")));
    }

    [Fact]
    public void Credentials_InTheAddress_AreKeptApartFromIt()
    {
        var proxy = Of(("HTTPS_PROXY", "http://user:p%40ss@proxy.example.net:3128"));

        var credential = proxy.Credentials!.GetCredential(new("http://proxy.example.net:3128/"), "Basic");
        Assert.Equal(("user", "p@ss"), (credential!.UserName, credential.Password));
        Assert.Equal("", proxy.GetProxy(new("https://acme.example.com/"))!.UserInfo);
    }

    [Theory]
    [InlineData("ftp://user:hunter2@proxy.example.net")]
    [InlineData("http://user:hunter2@")]
    [InlineData("http://user:hunter2@ho st")]
    public void Of_NoAddress_IsRefusedWithoutRepeatingIt(string value)
    {
        var refusal = Assert.Throws<ConnectorException>(() => Of(("HTTPS_PROXY", value)));

        Assert.Equal("HTTPS_PROXY must be an address like http://proxy.example.com:3128", refusal.Message);
    }

    private static EnvironmentProxy Of(params (string Name, string Value)[] variables)
        => EnvironmentProxy.Of(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
