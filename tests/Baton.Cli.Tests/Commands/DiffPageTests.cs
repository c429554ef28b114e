using System.Text.RegularExpressions;
using Baton.C1z.Syncs;
using Baton.Evidence.Reading;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Commands;

public sealed partial class DiffPageTests
{
    private const string Markup = "</td><script>alert(1)</script><img src=x onerror=alert(2)> \" onmouseover=\"x \u202Egnp.exe \u001b[31m";

    private static readonly string TwoSyncs = Fixtures.PathOf(Fixtures.TwoSyncs);

    [Fact]
    public async Task Page_Changes_AreThoseOfTheJson()
    {
        var html = (await Cli.Run("diff", "-f", TwoSyncs, "-o", "html")).Succeeded().Output;
        var changes = (await Cli.Run("diff", "-f", TwoSyncs, "-o", "json")).Succeeded().Json["changes"]!.AsArray();

        var rows = Rows(html);
        Assert.Equal(changes.Select(change => (string?)change!["principal"]!["name"]), rows.Select(row => row[0].Split('|')[0]));
        Assert.Equal(["bob|bob@example.com, user:3", "Platform Team|org:2", "Viewer -> Editor", "PRIVILEGE UP"], rows[0]);
        Assert.Equal(["alice|alice@example.com, user:2", "", "enabled -> disabled", "still has 2 grants"], rows[4]);
        Assert.Equal(["Role changed 1", "Access granted 2", "Access removed 1", "Account disabled 1", "Account added 1"], Groups().Matches(html).Select(group => Text(group.Groups[1].Value)));
    }

    [Fact]
    public async Task Page_Source_NamesBothFilesAndSyncs()
    {
        var html = (await Cli.Run("diff", Fixtures.PathOf(Fixtures.Grafana), TwoSyncs, "-o", "html")).Succeeded().Output;

        Assert.Contains(FileProvenance.Hash(Fixtures.PathOf(Fixtures.Grafana)), html, StringComparison.Ordinal);
        Assert.Contains(FileProvenance.Hash(TwoSyncs), html, StringComparison.Ordinal);
        Assert.Contains("3MVN1y9ti91A4fOHQdUwvF1wceR (full)", html, StringComparison.Ordinal);
        Assert.Contains("2026-11-25 11:00:00 UTC", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AllOfIt_NeedsNoScriptAndNothingOutside()
    {
        var html = (await Cli.Run("diff", "-f", TwoSyncs, "-o", "html")).Succeeded().Output;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("script-src", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)(src|href|action)\\s*=\\s*[\"']?(?!#)[^\"' >]", html[html.IndexOf("<body>", StringComparison.Ordinal)..]);
        Assert.DoesNotMatch("(?i)@import|url\\(|//[a-z]", html);
        Assert.Contains("@page { size: A4 landscape", html, StringComparison.Ordinal);
        Assert.Contains("content: \"Changes of access\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_HostileNames_AreTexts()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, sync => sync.Put([new ResourceType { Id = "org" }]));
        file.AddSync(SyncType.Full, Write);

        var html = (await Cli.Run("diff", "-f", file.Path, "-o", "html")).Succeeded().Output;

        // Only what goes beyond a text is ours: names, ids, slugs, addresses and types all hold the markup.
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onmouseover", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", html, StringComparison.Ordinal);
        Assert.Equal(5, Rows(html).Count);
        Assert.All(Rows(html), row => Assert.Equal(4, row.Length));
        Assert.Contains("&#60;/td&#62;&#60;script&#62;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NothingChanged_SaysSo()
        => Assert.Contains("Nothing has changed.", (await Cli.Run("diff", TwoSyncs, TwoSyncs, "-o", "html", "--exit-code")).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public async Task Page_Narrowed_SaysWhatIsLeftOut()
    {
        var html = (await Cli.Run("diff", "-f", TwoSyncs, "-o", "html", "--only", "accounts", "--ignore", "profile.<b>")).Succeeded().Output;

        Assert.Contains("Compared are only: accounts<", html, StringComparison.Ordinal);
        Assert.Contains("Changes left out: profile.&#60;b&#62;<", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Access granted", html, StringComparison.Ordinal);
        Assert.Equal(2, Rows(html).Count);
    }

    [Theory]
    [InlineData("--format", "upstream")]
    [InlineData("--mode", "parity")]
    public async Task Page_OfWhatHasNone_IsRefused(string flag, string value)
        => Assert.Contains("html has the changes alone", (await Cli.Run("diff", "-f", TwoSyncs, "-o", "html", flag, value)).Failed(), StringComparison.Ordinal);

    [Theory]
    [InlineData("grants")]
    [InlineData("stats")]
    [InlineData("access user:2")]
    [InlineData("findings")]
    public async Task Html_OfAnotherCommand_IsRefused(string command)
        => Assert.Contains("html is for diff alone", (await Cli.Run([.. command.Split(' '), "-f", TwoSyncs, "-o", "html"])).Failed(), StringComparison.Ordinal);

    private static void Write(C1z.Writing.SyncWriter sync)
    {
        var org = TemporaryFile.Resource("org", $"1 {Markup}", Markup);
        var entitlement = TemporaryFile.Entitlement(org, Markup);
        sync.Put([new ResourceType { Id = "org" }, new ResourceType { Id = "user", Traits = { ResourceType.Types.Trait.User } }]);
        sync.Put([org, TemporaryFile.User($"1 {Markup}", Markup), TemporaryFile.User("2", "ada")]);
        sync.Put([entitlement]);
        sync.Put([TemporaryFile.Grant(entitlement, TemporaryFile.User($"1 {Markup}"))]);
    }

    private static List<string[]> Rows(string html) => [.. Row().Matches(html[html.IndexOf("id=\"rows\"", StringComparison.Ordinal)..])
        .Select(row => Cell().Matches(row.Groups[1].Value).Select(cell => Text(cell.Groups[1].Value)).ToArray())
        .Where(cells => cells.Length > 0)];

    private static string Text(string html) => System.Net.WebUtility.HtmlDecode(Tag().Replace(html.Replace("<br>", "|", StringComparison.Ordinal), ""));

    [GeneratedRegex("<tr>(<t[hd](?: scope=\"row\")?>.*)</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd](?: scope=\"row\")?>(.*?)</t[hd]>")]
    private static partial Regex Cell();

    [GeneratedRegex("scope=\"colgroup\">(.*?)</th>")]
    private static partial Regex Groups();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
