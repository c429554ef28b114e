using System.Net;
using System.Text.Json.Nodes;
using Baton.C1z.Syncs;

namespace Baton.Cli.Tests.Explorer;

public sealed class ChangesTests
{
    [Fact]
    public async Task Changes_BetweenTwoSyncs_AreAllThere()
    {
        using var file = ExplorerFiles.TwoSyncs();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var page = await explorer.Get("changes");

        Assert.Equal(
            [
                ("roleChanged", "Ada Lovelace", "Viewer", "Admin"), ("granted", "Newcomer", "", "Viewer"), ("removed", "Robot", "Viewer", ""),
                ("accountAdded", "Newcomer", "", "enabled"), ("accountDisabled", "Bob Dormant", "enabled", "disabled"),
            ],
            Rows(page).OrderBy(row => Array.IndexOf(["roleChanged", "granted", "removed", "accountAdded", "accountDisabled"], row.Kind)));
        Assert.True((bool)page["items"]!.AsArray().Single(row => (string?)row!["kind"] == "roleChanged")!["privilegeUp"]!);
        Assert.Equal(5, page["summary"]!.AsArray().Sum(each => (int)each!["count"]!));
    }

    [Fact]
    public async Task Changes_TheOtherWayRound_AreTurnedRound()
    {
        using var file = ExplorerFiles.TwoSyncs();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);
        var syncs = (await explorer.Get("overview"))["comparisons"]!.AsArray().Select(each => (string)each!["key"]!).ToList();

        var page = await explorer.Get($"changes?from={syncs[0]}&to={syncs[1]}&kind=roleChanged");

        Assert.Equal([("roleChanged", "Ada Lovelace", "Admin", "Viewer")], Rows(page));
    }

    [Theory]
    [InlineData("kind=granted", 1)]
    [InlineData("q=newcomer", 2)]
    [InlineData("q=newcomer&kind=granted", 1)]
    [InlineData("q=nobody", 0)]
    public async Task Changes_Filter_GivesThoseThatFit(string query, int expected)
    {
        using var file = ExplorerFiles.TwoSyncs();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        Assert.Equal(expected, (int?)(await explorer.Get($"changes?{query}"))["total"]);
    }

    [Fact]
    public async Task Changes_WithAnEarlierFile_CompareWithThat()
    {
        using var earlier = ExplorerFiles.Everything();
        using var later = ExplorerFiles.TwoSyncs();
        await using var explorer = await ExplorerRun.StartAsync(later.Path, "--since", earlier.Path);

        var comparisons = (await explorer.Get("overview"))["comparisons"]!.AsArray();
        var page = await explorer.Get("changes?kind=roleChanged");

        Assert.Equal(3, comparisons.Count);
        Assert.Equal([("roleChanged", "Ada Lovelace", "Viewer", "Admin")], Rows(page));
    }

    [Fact]
    public async Task Changes_OneSync_SaysWhatToDo()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        Assert.Contains("--since", await explorer.Refused("changes", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Changes_PartialSync_IsNotOffered()
    {
        using var file = ExplorerFiles.Everything();
        var partial = file.AddSync(SyncType.Partial, _ => { });
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        Assert.Single((await explorer.Get("overview"))["comparisons"]!.AsArray());
        await explorer.Refused($"changes?from={partial}", HttpStatusCode.NotFound);
    }

    private static List<(string Kind, string Account, string Before, string After)> Rows(JsonNode page)
        => [.. page["items"]!.AsArray().Select(row => ((string)row!["kind"]!, (string)row["account"]!["name"]!, (string)row["before"]!, (string)row["after"]!))];
}
