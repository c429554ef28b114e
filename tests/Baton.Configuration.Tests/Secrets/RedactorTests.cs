using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Configuration.Secrets;
using CsCheck;

namespace Baton.Configuration.Tests.Secrets;

public class RedactorTests
{
    private const string Secret = "p&ss \"wörd/+";

    private static readonly Redactor Guard = new([Secret, "hunter2", "abc"]);

    [Theory]
    [InlineData("nothing to hide", "nothing to hide")]
    [InlineData("hunter2", "REDACTED")]
    [InlineData("a hunter2hunter2 b hunter2", "a REDACTEDREDACTED b REDACTED")]
    [InlineData("Hunter2 abc", "Hunter2 abc")]
    [InlineData("", "")]
    public void Redact_PlainText_LosesSecretsOnly(string text, string expected) => Assert.Equal(expected, Guard.Redact(text));

    [Fact]
    public void Redact_EncodedSecret_IsFound()
    {
        Assert.Equal("x REDACTED y", Guard.Redact($"x {Secret} y"));
        Assert.Equal("?p=REDACTED&q", Guard.Redact($"?p={Uri.EscapeDataString(Secret)}&q"));
        Assert.Equal("?p=REDACTED&q", Guard.Redact($"?p={Uri.EscapeDataString(Secret).Replace("%2F", "%2f", StringComparison.Ordinal)
            .Replace("%2B", "%2b", StringComparison.Ordinal).Replace("%C3%B6", "%c3%b6", StringComparison.Ordinal)}&q"));
        Assert.Equal("p=REDACTED", Guard.Redact($"p={WebUtility.UrlEncode(Secret)}"));
        Assert.Equal("{\"p\":\"REDACTED\"}", Guard.Redact($"{{\"p\":{JsonSerializer.Serialize(Secret)}}}"));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("")]
    public void Redact_BasicHeader_LosesTheWholeCredential(string user)
    {
        foreach (var secret in new[] { Secret, "hunter2" })
        {
            var header = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"));

            Assert.Equal("authorization: Basic REDACTED, x", Guard.Redact($"authorization: Basic {header}, x"));
        }
    }

    [Fact]
    public void Redact_NoSecrets_ReturnsTheTextItself()
    {
        var text = new string('x', 5);

        Assert.Same(text, new Redactor([]).Redact(text));
        Assert.Same(text, new Redactor(["no"]).Redact(text));
        Assert.Same(text, Guard.Redact(text));
    }

    [Fact]
    public void Redact_SecretLearnedLater_IsReplacedToo()
    {
        var guard = new Redactor();
        Assert.Equal("first second", guard.Redact("first second"));

        guard.Add("first");
        Assert.Equal("REDACTED second", guard.Redact("first second"));
        guard.Add("second");

        Assert.Equal("REDACTED REDACTED", guard.Redact("first second"));
    }

    [Theory]
    [InlineData("Authorization: Basic YWRtaW46YWRtaW4=", "Authorization: Basic REDACTED")]
    [InlineData("{\"authorization\":\"basic YTpi\"}", "{\"authorization\":\"basic REDACTED\"}")]
    [InlineData("Authorization: Bearer a1b2c3d4", "Authorization: Bearer REDACTED")]
    [InlineData("token glsa_HOruNAb7SOiCdshU88YNdHNBEeQcnDKp_1234abcd is not valid", "token REDACTED is not valid")]
    [InlineData("cannot connect to https://g/glsa_HOruNAb7SOiCdshU/api", "cannot connect to https://g/REDACTED/api")]
    [InlineData("glc_eyJvIjoiMSIsIm4iOiJ4In0=", "REDACTED")]
    [InlineData("api key eyJrIjoiT0tTcG1pUlY2RnVKZTFVaDFsNFZXdE9ZWmNrMkZYbk==", "api key REDACTED")]
    [InlineData("eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl expired", "REDACTED expired")]
    [InlineData("secret-token:conductorone.com:v1:eyJrdHkiOiJPS1AifQ", "REDACTED")]
    [InlineData("AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0S", "REDACTED")]
    [InlineData("proxy http://user:p%40ss@proxy:3128 refuses", "proxy http://REDACTED@proxy:3128 refuses")]
    public void Redact_FormOfASecret_IsGoneWhoeverItBelongsTo(string text, string expected) => Assert.Equal(expected, new Redactor().Redact(text));

    [Theory]
    [InlineData("the connector uses Bearer authentication")]
    [InlineData("Basic Authentication (basic-auth-flow-group)")]
    [InlineData("https://grafana.example.com:3000/api?x=y@z")]
    [InlineData("eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVy.dGFn")]
    [InlineData("age1pq1glc_")]
    public void Redact_NoSecret_StaysAsItIs(string text) => Assert.Equal(text, new Redactor().Redact(text));

    [Fact]
    public async Task Writer_EveryWayOfWriting_IsRedacted()
    {
        using var shown = new StringWriter { NewLine = "\n" };
        await using var writer = new RedactingWriter(shown, new Redactor("hunter2"));

        writer.Write("a hunter2 ");
        writer.Write("hunter2 ".ToCharArray());
        writer.Write("hunter2 ".AsSpan());
        writer.Write("{0} ", "hunter2");
        writer.WriteLine("hunter2");
        writer.WriteLine($"{"hunter2"}");
        await writer.WriteAsync("hunter2 ");
        await writer.WriteAsync("hunter2 ".AsMemory(), TestContext.Current.CancellationToken);
        await writer.WriteLineAsync("hunter2");
        await writer.WriteLineAsync("hunter2".AsMemory(), TestContext.Current.CancellationToken);
        await writer.FlushAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("hunter2", shown.ToString(), StringComparison.Ordinal);
        Assert.Equal(10, shown.ToString().Split("REDACTED").Length - 1);
    }

    [Fact]
    public void Redact_AnySecretAnywhere_IsGone()
        => Gen.Select(Gen.String[Gen.Char[' ', '~'], 4, 20], Gen.String[Gen.Char[' ', '~'], 0, 10], Gen.String[Gen.Char[' ', '~'], 0, 10])
            .Sample((secret, before, after) =>
            {
                var guard = new Redactor([secret]);
                var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + secret + after));
                Assert.Contains("REDACTED", guard.Redact(before + secret + after), StringComparison.Ordinal);
                Assert.Contains("REDACTED", guard.Redact(Uri.EscapeDataString(secret)), StringComparison.Ordinal);
                Assert.Equal("REDACTED", guard.Redact(encoded));
            });
}
