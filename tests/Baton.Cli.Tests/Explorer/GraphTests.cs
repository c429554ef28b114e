namespace Baton.Cli.Tests.Explorer;

public sealed class GraphTests
{
    [Fact]
    public async Task Graph_OfAnAccount_LeadsOverRolesToResources()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var graph = await explorer.Get("graph?type=user&id=2");
        var nodes = graph["nodes"]!.AsArray();
        var edges = graph["edges"]!.AsArray();

        Assert.Equal("Bob Dormant", (string?)nodes.Single(node => (string?)node!["kind"] == "center")!["label"]);
        Assert.Equal(["Main Org.", "SRE"], nodes.Where(node => (string?)node!["kind"] == "resource").Select(node => (string?)node!["label"]));
        Assert.Contains(edges, edge => (string?)edge!["from"] == "center" && (string?)edge["to"] == "role org:1:Editor" && (string?)edge["how"] == "inherited");
        Assert.Contains(edges, edge => (string?)edge!["from"] == "role org:1:Editor" && (string?)edge["to"] == "resource org:1");
    }

    [Fact]
    public async Task Graph_OfAGroup_HasBothSides()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var nodes = (await explorer.Get("graph?type=team&id=7"))["nodes"]!.AsArray();

        Assert.Equal("Bob Dormant", (string?)nodes.Single(node => (int?)node!["layer"] == -2)!["label"]);
        Assert.Equal("Main Org.", (string?)nodes.Single(node => (int?)node!["layer"] == 2)!["label"]);
    }

    [Fact]
    public async Task Graph_OfACrowd_IsCutAndSaysHowManyAreLeft()
    {
        using var file = ExplorerFiles.Crowd(people: 1203);
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var nodes = (await explorer.Get("graph?type=org&id=1"))["nodes"]!.AsArray();

        Assert.InRange(nodes.Count, 10, 100);
        var people = nodes.Count(node => (string?)node!["kind"] == "account");
        Assert.Equal("1,203 with it", (string?)nodes.Single(node => (string?)node!["kind"] == "role")!["detail"]);

        // Many share a name; nobody an address.
        Assert.Contains(nodes, node => (string?)node!["label"] == "Person 00001" && (string?)node["detail"] == "person.00001@example.com");
        Assert.Equal($"{1203 - people:N0} more people", (string?)nodes.Single(node => (string?)node!["kind"] == "more")!["label"]);
    }

    [Fact]
    public async Task Graph_EveryEdge_ConnectsNodesThatAreThere()
    {
        using var file = ExplorerFiles.Everything();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        foreach (var (type, id) in new[] { ("user", "1"), ("user", "2"), ("org", "1"), ("org", "2"), ("team", "7"), ("org", "404") })
        {
            var graph = await explorer.Get($"graph?type={type}&id={id}");
            var keys = graph["nodes"]!.AsArray().Select(node => (string)node!["key"]!).ToList();
            Assert.Equal(keys.Distinct(), keys);
            Assert.NotEmpty(graph["edges"]!.AsArray());
            Assert.All(graph["edges"]!.AsArray(), edge =>
            {
                Assert.Contains((string?)edge!["from"], keys);
                Assert.Contains((string?)edge["to"], keys);
            });
        }
    }
}
