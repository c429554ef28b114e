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
        var secrets = new List<string>();
        var guard = new Redactor(secrets);
        Assert.Equal("first second", guard.Redact("first second"));

        secrets.Add("first");
        Assert.Equal("REDACTED second", guard.Redact("first second"));
        secrets.Add("second");

        Assert.Equal("REDACTED REDACTED", guard.Redact("first second"));
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
