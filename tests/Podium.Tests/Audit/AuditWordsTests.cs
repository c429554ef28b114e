using System.Text.RegularExpressions;
using Baton.Testing;
using Podium.Audit;

namespace Podium.Tests.Audit;

public sealed partial class AuditWordsTests
{
    /// <summary>Every kind of row that the source writes: a feature, a dot, what happened.</summary>
    public static TheoryData<string> Kinds => [.. Repository.Sources("src/Podium")
        .Where(file => !file.Contains("Migrations", StringComparison.Ordinal) && !file.EndsWith("AuditWords.cs", StringComparison.Ordinal))
        .SelectMany(file => Kind().Matches(File.ReadAllText(file)).Select(match => match.Groups["kind"].Value))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_AKindThatIsWritten_HasWords(string kind) => Assert.NotEqual(kind, AuditWords.Of(kind));

    [Fact]
    public void Of_AKindOfALaterVersion_IsShownAsItIs() => Assert.Equal("lease.ended", AuditWords.Of("lease.ended"));

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"accounts":{"begun":74,"changed":0,"ended":2}}""", "accounts 74 begun, 2 ended")]
    [InlineData("""{"grants":{"begun":0,"changed":0,"ended":0},"before":null}""", "")]
    [InlineData("""{"graceSeconds":3600,"tries_left":4}""", "grace seconds 3,600; tries left 4")]
    [InlineData("""{"sha256":"73f0d59d6624d6f05cd52f"}""", "sha256 73f0d59d6624…")]
    public void Facts_OfARow_AreReadable(string details, string expected)
        => Assert.Equal(expected, string.Join("; ", AuditWords.Facts(details).Select(fact => $"{fact.Name} {fact.Value}")));

    [GeneratedRegex("""(?<=(Audit(Async)?|End)\([^;]*?)"(?<kind>(api_key|app|backup|connector|credential|password|person|role|server|session|set_up|sync)\.[a-z_.]+)""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Kind();
}
