using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using CsCheck;

namespace Baton.Sdk.Tests.Http;

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
    [InlineData("10.1.2.3/8", "10.200.0.1", false)]
    [InlineData("10.1.2.3:443", "10.1.2.3", false)]
    [InlineData("10.1.2.3:8443", "10.1.2.3", true)]
    [InlineData("10.0.0.0/33", "10.0.0.1", true)]
    [InlineData("10", "0.0.0.10", true)]
    [InlineData("010.1.2.3", "8.1.2.3", true)]
    [InlineData("0.0.0.0/0", "10.1.2.3", false)]
    [InlineData("0.0.0.0/0", "[2001:db8::1]", true)]
    [InlineData("::/0", "[2001:db8::1]", false)]
    [InlineData("10.0.0.0/8", "[::ffff:10.1.2.3]", false)]
    [InlineData("[2001:db8::1]:443", "[2001:db8::1]", false)]
    [InlineData("[2001:db8::1]:80", "[2001:db8::1]", true)]
    [InlineData("2001:db8::1", "[2001:db8::1]", false)]
    [InlineData(".example.com:443", "acme.example.com", false)]
    [InlineData("*.example.com", "example.com", true)]
    [InlineData("ample.com", "example.com", true)]
    [InlineData(":443", "acme.example.com", true)]
    [InlineData(",, ,", "acme.example.com", true)]
    [InlineData("other, *", "acme.example.com", false)]
    [InlineData("bücher.example", "www.xn--bcher-kva.example", false)]
    [InlineData("", "[::ffff:127.0.0.1]", false)]
    [InlineData("", "LOCALHOST", false)]
    [InlineData("", "localhost.example.com", true)]
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
    public void GetProxy_EachScheme_HasItsOwn()
    {
        var proxy = Of(("HTTPS_PROXY", "http://s:1@one.example.net:1"), ("http_proxy", "http://p:2@two.example.net"));

        Assert.Equal(new Uri("http://one.example.net:1/"), proxy.GetProxy(new("https://acme.example.com/")));
        Assert.Equal(new Uri("http://two.example.net/"), proxy.GetProxy(new("http://acme.example.com/")));
        Assert.Equal(("HTTPS_PROXY", "http_proxy"), (proxy.Variable(new("https://acme.example.com/")), proxy.Variable(new("http://acme.example.com/"))));
        Assert.Equal("1", proxy.Credentials!.GetCredential(new("http://one.example.net:1/"), "Basic")!.Password);
        Assert.Equal("2", proxy.Credentials!.GetCredential(new("http://two.example.net/"), "Basic")!.Password);
        Assert.Null(proxy.Credentials!.GetCredential(new("http://three.example.net/"), "Basic"));
        Assert.Null(Of(("HTTPS_PROXY", "one.example.net")).GetProxy(new("http://acme.example.com/")));
    }

    [Theory]
    [InlineData("socks5://proxy.example.net", "socks5://proxy.example.net:1080/")]
    [InlineData("socks5h://proxy.example.net:9", "socks5://proxy.example.net:9/")]
    [InlineData("https://proxy.example.net", "https://proxy.example.net/")]
    public void GetProxy_Kinds_AreThoseThatThereAre(string value, string expected)
        => Assert.Equal(new Uri(expected), Of(("HTTPS_PROXY", value)).GetProxy(new("https://acme.example.com/")));

    [Fact]
    public void IsBypassed_Network_HoldsWhatSharesItsFirstBits()
        => Gen.Select(Gen.UInt, Gen.UInt, Gen.Int[0, 31], Gen.Int[0, 32]).Sample(
            (network, noise, shared, bits) =>
            {
                var address = network ^ (noise >> shared);
                var mask = bits == 0 ? 0u : uint.MaxValue << (32 - bits);
                var expected = (network & mask) == (address & mask) || address >> 24 == 127;
                return Of(("HTTPS_PROXY", "proxy.example.net"), ("NO_PROXY", $"{Dotted(network)}/{bits}")).IsBypassed(new($"https://{Dotted(address)}/")) == expected;
            });

    [Fact]
    public void IsBypassed_Name_HoldsItAndWhatIsBelowIt()
        => Gen.Select(Label.Array[1, 3], Label.Array[0, 2], Gen.Bool).Sample((domain, below, isDotted) =>
        {
            var (name, host) = (string.Join('.', domain), string.Join('.', [.. below, .. domain]));
            var proxy = Of(("HTTPS_PROXY", "proxy.example.net"), ("NO_PROXY", (isDotted ? "." : "") + name.ToUpperInvariant()));

            // A longer last label is another name.
            return proxy.IsBypassed(new($"https://{host}/")) == (!isDotted || below.Length > 0) && !proxy.IsBypassed(new($"https://{host}z/"));
        });

    [Fact]
    public void Of_AnyExceptions_NeverThrowsAndNeverProxiesThisMachine()
        => Gen.String[Gen.OneOf(Gen.Char["*.:,/[]% -@_0123456789abcdefxyzé"], Gen.Char), 0, 40].Sample(text =>
        {
            var proxy = Of(("HTTP_PROXY", "proxy.example.net"), ("NO_PROXY", text));
            proxy.IsBypassed(new("http://acme.example.com/"));
            return proxy.IsBypassed(new("http://localhost:3000/")) && proxy.IsBypassed(new("http://127.9.9.9/")) && proxy.IsBypassed(new("http://[::1]/"));
        });

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
    [InlineData("socks4://user:hunter2@proxy.example.net")]
    [InlineData("ftp://user:hunter2@proxy.example.net")]
    [InlineData("http://user:hunter2@")]
    [InlineData("http://user:hunter2@ho st")]
    public void Of_NoAddress_IsRefusedWithoutRepeatingIt(string value)
    {
        var refusal = Assert.Throws<ConnectorException>(() => Of(("HTTPS_PROXY", value)));

        Assert.Equal("HTTPS_PROXY must be an address like http://proxy.example.com:3128", refusal.Message);
        Assert.StartsWith("http_proxy must be", Assert.Throws<ConnectorException>(() => Of(("http_proxy", value))).Message, StringComparison.Ordinal);
    }

    private static readonly Gen<string> Label = Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxy"], 1, 6];

    private static string Dotted(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";

    private static EnvironmentProxy Of(params (string Name, string Value)[] variables)
        => EnvironmentProxy.Of(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
