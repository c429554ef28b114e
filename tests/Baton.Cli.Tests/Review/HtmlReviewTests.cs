using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Baton.Evidence.Reading;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Review;

public sealed partial class HtmlReviewTests : IDisposable
{
    private readonly ReviewRun _run = new();

    [Fact]
    public async Task Page_AllOfIt_ReachesForNothingOutside()
    {
        var html = await Page();

        Assert.DoesNotMatch("(?i)(src|href|action|srcset|poster|data)\\s*=\\s*[\"']?(?!#)[^\"' >]", BodyOf(html));
        Assert.DoesNotMatch("(?i)@import|url\\(|//[a-z]", html[..html.IndexOf("<body>", StringComparison.Ordinal)]);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Script_IsTheOneThatThePolicyAllows()
    {
        var html = await Page();

        var script = Assert.Single(Script().Matches(html)).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{hash}'", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)\\son[a-z]+\\s*=\\s*[\"']", BodyOf(html));
    }

    [Fact]
    public async Task Page_WithoutTheScript_HoldsEveryRow()
    {
        var html = Script().Replace(await Page(), "");

        Assert.Equal(8, BodyOf(html).Split("\u2610 revoke").Length - 1);
        Assert.Contains("dave@example.com", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Print_FitsThePaper()
    {
        var html = await Page();

        Assert.Contains("@page { size: A4 landscape", html, StringComparison.Ordinal);
        Assert.Contains("overflow-wrap: anywhere; hyphens: none", html, StringComparison.Ordinal);
        Assert.Contains("thead { display: table-header-group }", html, StringComparison.Ordinal);
        foreach (Match table in ListTable().Matches(html))
        {
            var widths = Width().Matches(table.Value).Sum(width => int.Parse(width.Groups[1].Value));
            Assert.Equal(100, widths);
        }
    }

    [Fact]
    public async Task Page_Tables_AreReadableAloud()
    {
        var html = await Page();

        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"skip\" href=\"#rows\">", html, StringComparison.Ordinal);
        Assert.All(HeaderCell().Matches(html), cell => Assert.Contains("scope=", cell.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_Provenance_NamesFileAndSync()
    {
        var html = await Page();

        Assert.Contains(FileProvenance.Hash(Fixtures.PathOf(Fixtures.TwoSyncs)), html, StringComparison.Ordinal);
        Assert.Contains("matches the source: 8 grants in the file", html, StringComparison.Ordinal);
        Assert.Contains("Sync ended", html, StringComparison.Ordinal);
        Assert.Contains("not recorded in the file", html, StringComparison.Ordinal);
    }

    public void Dispose() => _run.Dispose();

    [GeneratedRegex("<script>([\\s\\S]*?)</script>")]
    private static partial Regex Script();

    [GeneratedRegex("<table class=\"list\"><colgroup>.*?</colgroup>")]
    private static partial Regex ListTable();

    [GeneratedRegex("width:([0-9]+)%")]
    private static partial Regex Width();

    [GeneratedRegex("<th[ >][^>]*>?")]
    private static partial Regex HeaderCell();

    private static string BodyOf(string html) => Script().Replace(html[html.IndexOf("<body>", StringComparison.Ordinal)..], "");

    private Task<string> Page() => _run.Text(Fixtures.PathOf(Fixtures.TwoSyncs), "html", "--since", Fixtures.PathOf(Fixtures.Grafana));
}
