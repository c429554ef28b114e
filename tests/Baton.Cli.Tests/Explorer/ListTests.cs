using System.Net;
using System.Text.Json.Nodes;

namespace Baton.Cli.Tests.Explorer;

public sealed class ListTests
{
    [Theory]
    [InlineData("flag=PRIVILEGED", "Carol Disabled")]
    [InlineData("flag=DORMANT", "Bob Dormant")]
    [InlineData("flag=DISABLED_WITH_ACCESS", "Carol Disabled")]
    [InlineData("flag=NO_EMAIL", "Dave Nomail")]
    [InlineData("flag=SERVICE_ACCOUNT", "Robot")]
    [InlineData("flag=EXTERNAL", "Eve External")]
    [InlineData("flag=PRIVILEGED,DISABLED_WITH_ACCESS", "Carol Disabled")]
    [InlineData("flag=PRIVILEGED,DORMANT")]
    [InlineData("status=disabled", "Carol Disabled")]
    [InlineData("kind=service", "Robot")]
    [InlineData("seen=180")]
    [InlineData("seen=365", "Bob Dormant")]
    [InlineData("seen=unknown", "Dave Nomail")]
    [InlineData("q=LOVELACE", "Ada Lovelace")]
    [InlineData("q=ada+love", "Ada Lovelace")]
    [InlineData("q=ada+dormant")]
    [InlineData("q=eve%40partner", "Eve External")]
    [InlineData("q=user:1", "Ada Lovelace")]
    [InlineData("q=user:a/b%3Fc%23d", "Slash In Id")]
    [InlineData("type=team")]
    public async Task Accounts_Filter_GivesThoseThatFit(string query, params string[] expected)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path, "--domains", "example.com");

        var page = await explorer.Get($"accounts?{query}");

        Assert.Equal(expected, Names(page));
        Assert.Equal(expected.Length, (int?)page["total"]);
    }

    [Fact]
    public async Task Accounts_FlagCountsOfTheOverview_AreThoseOfTheLists()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path, "--domains", "example.com");
        var overview = await explorer.Get("overview");

        var flags = overview["flags"]!.AsArray();
        Assert.True(flags.Count > 10);
        foreach (var flag in flags)
        {
            var page = await explorer.Get($"accounts?flag={flag!["id"]}");
            Assert.Equal((int?)flag["count"], (int?)page["total"]);
        }

        foreach (var (part, name) in new[] { ("statuses", "status"), ("kinds", "kind"), ("lastSeen", "seen") })
        {
            Assert.Equal((int?)overview["totals"]!["accounts"], overview[part]!.AsArray().Sum(each => (int)each!["count"]!));
            foreach (var each in overview[part]!.AsArray())
            {
                Assert.Equal((int?)each!["count"], (int?)(await explorer.Get($"accounts?{name}={each["id"]}"))["total"]);
            }
        }
    }

    [Fact]
    public async Task People_OfACrowd_AreAllReachedByItsPages()
    {
        using var file = ExplorerFiles.Crowd(people: 1203);
        await using var explorer = await ExplorerRun.StartAsync(file.Path);
        var names = new HashSet<string>(StringComparer.Ordinal);
        int? offset = 0;
        while (offset is not null)
        {
            var page = await explorer.Get($"people?type=org&id=1&limit=500&offset={offset}");
            Assert.Equal(1203, (int?)page["total"]);
            names.UnionWith(page["items"]!.AsArray().Select(row => (string)row!["account"]!["id"]!));
            offset = (int?)page["next"];
        }

        Assert.Equal(1203, names.Count);
    }

    [Fact]
    public async Task People_SearchForTheLastOfACrowd_FindsIt()
    {
        using var file = ExplorerFiles.Crowd(people: 1203);
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var page = await explorer.Get("people?type=org&id=1&q=zoe");

        Assert.Equal("Zoe Last", (string?)Assert.Single(page["items"]!.AsArray())!["account"]!["name"]);
    }

    [Theory]
    [InlineData("sort=name", "Ada Lovelace")]
    [InlineData("sort=-lastSeen", "Robot")]
    [InlineData("sort=-grants", "Ada Lovelace")]
    [InlineData("sort=-role", "Carol Disabled")]
    [InlineData("sort=-status", "Carol Disabled")]
    public async Task Accounts_Sort_PutsThatFirst(string query, string first)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        // The name that begins with "=" and the one that begins with "<" come before letters.
        var page = await explorer.Get($"accounts?q=o&{query}");
        var letters = Names(page).Where(name => char.IsAsciiLetter(name[0])).ToList();

        Assert.Equal(first, letters[0]);
    }

    [Fact]
    public async Task Access_OfAnAccount_NamesRoleResourceAndHow()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var rows = (await explorer.Get("access?type=user&id=2&sort=-role"))["items"]!.AsArray();

        Assert.Equal(2, rows.Count);
        Assert.Equal("Editor", (string?)rows[0]!["role"]!["name"]);
        Assert.Equal("Main Org.", (string?)rows[0]!["resource"]!["name"]);
        Assert.Equal("inherited", (string?)rows[0]!["how"]);
        Assert.Equal("SRE (Member)", (string?)rows[0]!["via"]![0]);
        Assert.False((bool)rows[0]!["revocable"]!);
        Assert.Equal("direct", (string?)rows[1]!["how"]);
    }

    [Fact]
    public async Task Access_ToWhatTheSyncDoesNotHold_SaysSo()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var rows = (await explorer.Get("access?type=user&id=1&q=ghost"))["items"]!.AsArray();

        Assert.Equal("MISSING ENTITLEMENT (org:404:Ghost)", (string?)Assert.Single(rows)!["role"]!["name"]);
        Assert.True((bool)(await explorer.Get("resource?type=org&id=404"))["missing"]!);
    }

    [Theory]
    [InlineData("how=inherited", "Bob Dormant")]
    [InlineData("role=org:1:Admin", "Carol Disabled")]
    [InlineData("role=org:2:Viewer")]
    [InlineData("status=disabled", "Carol Disabled")]
    [InlineData("flag=SERVICE_ACCOUNT", "Robot")]
    public async Task People_Filter_GivesThoseThatFit(string query, params string[] expected)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var page = await explorer.Get($"people?type=org&id=1&{query}");

        Assert.Equal(expected, page["items"]!.AsArray().Select(row => (string)row!["account"]!["name"]!));
    }

    [Fact]
    public async Task Resources_All_AreListedWithTheirCounts()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var rows = (await explorer.Get("resources?sort=-people"))["items"]!.AsArray();

        // The one that only a grant names is among them, and so is the one that nobody has access to.
        Assert.Equal(5, rows.Count);
        var main = rows[0]!;
        Assert.Equal("Main Org.", (string?)main["name"]);
        Assert.Equal(3, (int?)main["roles"]);
        Assert.Equal(9, (int?)main["people"]);
        Assert.Equal(1, (int?)main["administrators"]);
        Assert.Equal("Main Org.", (string?)rows.Single(row => (string?)row!["type"] == "team")!["parent"]!["name"]);
        Assert.Equal("org:3", (string?)rows.Single(row => (string?)row!["id"] == "3")!["name"]);
    }

    [Fact]
    public async Task Search_Words_FindsAccountsResourcesAndRoles()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        Assert.Equal("Ada Lovelace", (string?)(await explorer.Get("search?q=lovelace"))["accounts"]!["items"]![0]!["name"]);
        Assert.Equal("SRE", (string?)(await explorer.Get("search?q=sre"))["resources"]!["items"]![0]!["name"]);
        var role = Assert.Single((await explorer.Get("search?q=main+admin"))["roles"]!["items"]!.AsArray())!;
        Assert.Equal("org:1:Admin", (string?)role["id"]);
        Assert.Equal(0, (int?)(await explorer.Get("search?q="))["accounts"]!["total"]);
    }

    [Fact]
    public async Task Resource_WithASlashInItsId_IsFound()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var resource = await explorer.Get($"resource?type=user&id={Uri.EscapeDataString("a/b?c#d")}");

        Assert.Equal("Slash In Id", (string?)resource["name"]);
        Assert.Contains(resource["attributes"]!.AsArray(), each => (string?)each!["name"] == "login" && (string?)each["value"] == "slash.in.id");
    }

    [Theory]
    [InlineData("accounts?limit=0", HttpStatusCode.BadRequest, "limit \"0\" is not a number from 1 to 500")]
    [InlineData("accounts?limit=501", HttpStatusCode.BadRequest, "limit \"501\"")]
    [InlineData("accounts?offset=-1", HttpStatusCode.BadRequest, "offset \"-1\"")]
    [InlineData("accounts?sort=shoe", HttpStatusCode.BadRequest, "sort \"shoe\" is not known; it is one of name, ")]
    [InlineData("accounts?sort=--name", HttpStatusCode.BadRequest, "sort \"--name\" is not known")]
    [InlineData("access?type=user&id=1&sort=--role", HttpStatusCode.BadRequest, "sort \"--role\" is not known")]
    [InlineData("accounts?flag=NOPE", HttpStatusCode.BadRequest, "flag \"NOPE\"")]
    [InlineData("accounts?status=1", HttpStatusCode.BadRequest, "it is one of unknown, enabled, disabled, deleted")]
    [InlineData("accounts?seen=5", HttpStatusCode.BadRequest, "seen \"5\"")]
    [InlineData("accounts?format=xml", HttpStatusCode.BadRequest, "format \"xml\" is not known; it is one of csv, xlsx, json")]
    [InlineData("people?type=org", HttpStatusCode.BadRequest, "id is missing")]
    [InlineData("resource?type=org&id=77", HttpStatusCode.NotFound, "This sync holds no org:77")]
    [InlineData("graph?type=org&id=77", HttpStatusCode.NotFound, "This sync holds no org:77")]
    [InlineData("nothing", HttpStatusCode.NotFound, "There is nothing at /api/nothing.")]
    public async Task Request_ThatCannotBeAnswered_SaysWhy(string path, HttpStatusCode status, string message)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        Assert.Contains(message, await explorer.Refused(path, status));
        Assert.Equal("", explorer.Error);
    }

    [Theory]
    [InlineData("accounts?q=")]
    [InlineData("search?q=")]
    public async Task Search_TooLong_SaysSo(string path)
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        Assert.Contains("q is longer than 500 characters", await explorer.Refused(path + string.Concat(Enumerable.Repeat("ab+", 200)), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Page_BeyondTheEnd_IsEmptyAndKeepsTheTotal()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var page = await explorer.Get("accounts?offset=1000");

        Assert.Empty(page["items"]!.AsArray());
        Assert.Equal(9, (int?)page["total"]);
        Assert.Null(page["next"]);
    }

    private static List<string> Names(JsonNode page) => [.. page["items"]!.AsArray().Select(row => (string)row!["name"]!)];
}
