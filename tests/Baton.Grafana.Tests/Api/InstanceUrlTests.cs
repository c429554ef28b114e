using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using CsCheck;
using Grpc.Core;

namespace Baton.Grafana.Tests.Api;

public sealed class InstanceUrlTests
{
    [Theory]
    [InlineData("https://grafana.example.com", "https://grafana.example.com/")]
    [InlineData("https://grafana.example.com/", "https://grafana.example.com/")]
    [InlineData("  https://grafana.example.com \n", "https://grafana.example.com/")]
    [InlineData("grafana.example.com", "https://grafana.example.com/")]
    [InlineData("grafana.example.com:3000", "https://grafana.example.com:3000/")]
    [InlineData("HTTPS://Grafana.Example.COM", "https://grafana.example.com/")]
    [InlineData("http://localhost:3000", "http://localhost:3000/")]
    [InlineData("localhost:3000", "https://localhost:3000/")]
    [InlineData("https://example.com/grafana", "https://example.com/grafana/")]
    [InlineData("https://example.com/grafana///", "https://example.com/grafana/")]
    [InlineData("example.com/tools/grafana/", "https://example.com/tools/grafana/")]
    [InlineData("https://example.com/grafana/login", "https://example.com/grafana/")]
    [InlineData("https://example.com/login/", "https://example.com/")]
    [InlineData("https://example.com/mylogin", "https://example.com/mylogin/")]
    [InlineData("https://example.com/api", "https://example.com/")]
    [InlineData("https://example.com/dashboards", "https://example.com/dashboards/")]
    [InlineData("https://example.com/a%20b", "https://example.com/a%20b/")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000/")]
    [InlineData("[2001:db8::1]", "https://[2001:db8::1]/")]
    [InlineData("http://10.0.0.7:3000/grafana", "http://10.0.0.7:3000/grafana/")]
    [InlineData("https://grafana.example.com:443", "https://grafana.example.com/")]
    public void Parse_WhatPeopleGive_IsTheInstance(string text, string expected)
    {
        var url = InstanceUrl.Parse(text);

        Assert.Equal(expected, url.AbsoluteUri);
        Assert.Equal($"{expected}api/org", new Uri(url, "api/org").AbsoluteUri);
    }

    [Theory]
    [InlineData("https://admin:hunter2@grafana.example.com", "credentials")]
    [InlineData("admin:hunter2@grafana.example.com", "credentials")]
    [InlineData("https://hunter2@grafana.example.com", "credentials")]
    [InlineData("https://grafana.example.com/?token=hunter2", "query or a fragment")]
    [InlineData("https://grafana.example.com/#hunter2", "query or a fragment")]
    [InlineData("ftp://grafana.example.com", "scheme is ftp")]
    [InlineData("file:///etc/passwd", "not a URL")]
    [InlineData("https:grafana.example.com", "not a URL")]
    [InlineData("http:/grafana.example.com", "not a URL")]
    [InlineData("https://", "not a URL")]
    [InlineData("   ", "not a URL")]
    [InlineData("https://gra fana", "not a URL")]
    [InlineData("https://grafana.example.com:99999", "not a URL")]
    [InlineData("://", "not a URL")]
    public void Parse_WhatCannotBeUsed_IsRefusedInWords(string text, string why)
    {
        var refusal = Assert.Throws<ConnectorException>(() => InstanceUrl.Parse(text));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.StartsWith("hostname cannot be used: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
        Assert.False(refusal.IsTransient);
    }

    [Fact]
    public void Parse_AnyPath_IsKeptInFrontOfTheApi()
    {
        var segment = Gen.Char["abcxyz0123456789-_"].Array[1, 8].Select(letters => new string(letters)).Where(name => name is not "api");
        Gen.Select(segment.Array[0, 4], Gen.Bool, Gen.Int[1, 65535]).Sample((segments, slash, port) =>
        {
            var path = string.Concat(segments.Select(name => $"/{name}"));

            var url = InstanceUrl.Parse($"http://host.example:{port}{path}{(slash ? "/" : "")}");

            return new Uri(url, "api/users/search?page=1").PathAndQuery == $"{path}/api/users/search?page=1" && url.Port == port;
        });
    }

    [Fact]
    public void Parse_AnyText_IsAnInstanceOrARefusal()
        => Gen.String[Gen.Char[' ', '~'], 0, 40].Sample(text =>
        {
            try
            {
                var url = InstanceUrl.Parse(text);
                return url.AbsoluteUri.EndsWith('/') && url is { UserInfo: "", Query: "", Fragment: "" } && InstanceUrl.Parse(url.AbsoluteUri) == url;
            }
            catch (ConnectorException)
            {
                return true;
            }
        });

    [Theory]
    [InlineData("http://grafana.example.com", true)]
    [InlineData("http://10.0.0.7", true)]
    [InlineData("https://grafana.example.com", false)]
    [InlineData("http://localhost:3000", false)]
    [InlineData("http://127.0.0.1:3000", false)]
    [InlineData("http://[::1]:3000", false)]
    public void IsUnprotected_HttpAcrossANetwork(string text, bool expected) => Assert.Equal(expected, InstanceUrl.IsUnprotected(InstanceUrl.Parse(text)));
}
