namespace Baton.Credentials.Tests;

public sealed class ClientIdTests
{
    public static TheoryData<string> Texts()
        => [.. Vectors.Section("client_id_parsing").EnumerateArray().Select(entry => entry.Text("client_id"))];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_TextOfTheVectors_GivesWhatUpstreamDerives(string text)
    {
        var expected = Vectors.Section("client_id_parsing").EnumerateArray().Single(entry => entry.Text("client_id") == text);
        if (!expected.GetProperty("valid").GetBoolean())
        {
            Assert.StartsWith(expected.ErrorText("error")!, Assert.Throws<CredentialException>(() => ClientId.Parse(text)).Message, StringComparison.Ordinal);
            return;
        }

        var id = ClientId.Parse(text);

        Assert.Equal(text, id.Original);
        Assert.Equal(expected.Text("client_name"), id.Name);
        Assert.Equal(expected.Text("token_host"), id.TokenHost.Text);
        Assert.Equal(expected.Text("assertion_audience"), id.Host);
        Assert.Equal(expected.Text("grpc_address"), "dns:///" + id.TokenHost.Address);
        // The others have no host name between the separators, which upstream puts into a URL in its own way.
        if (Uri.CheckHostName(id.Host) != UriHostNameType.Unknown)
        {
            Assert.Equal(expected.Text("token_url"), id.TokenHost.TokenUrl);
        }
    }

    [Theory]
    [InlineData("host", "host", "host:443")]
    [InlineData("host:8443", "host", "host:8443")]
    [InlineData("127.0.0.1:1", "127.0.0.1", "127.0.0.1:1")]
    [InlineData("[::1]", "[::1]", "[::1]:443")]
    [InlineData("[fe80::1]:8443", "fe80::1", "[fe80::1]:8443")]
    public void PlatformHost_WithAndWithoutPort_KnowsNameAndAddress(string text, string name, string address)
    {
        var host = new PlatformHost(text);

        Assert.Equal((name, address), (host.Name, host.Address));
    }
}
