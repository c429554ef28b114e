using Baton.Sdk.Expansion;

namespace Baton.Sdk.Tests.Expansion;

public sealed class EntitlementGraphTests
{
    [Theory]
    [InlineData("a>b b>c", "a b c")]
    [InlineData("b>c a>b", "a b c")]
    [InlineData("a>b a>c b>d c>d", "a b|c b|c d")]
    [InlineData("a>b b>a", "a,b")]
    [InlineData("a>b b>c c>a", "a,b,c")]
    [InlineData("a>a", "a")]
    [InlineData("a>b b>a b>c c>b", "a,b,c")]
    [InlineData("x>a a>b b>a b>y", "x a,b y")]
    [InlineData("a>b b>a c>d d>c b>c", "a,b c,d")]
    public void InOrder_Graph_PutsSourcesFirst(string edges, string expected)
    {
        var nodes = Graph(edges).InOrder();

        var places = expected.Split(' ');
        Assert.Equal(places.Length, nodes.Count);
        foreach (var (node, place) in nodes.Zip(places))
        {
            Assert.Contains(string.Join(',', node.Entitlements.Order(StringComparer.Ordinal)), place.Split('|'), StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData("a>b", false)]
    [InlineData("a>a", true)]
    [InlineData("a>b b>a", true)]
    public void InOrder_Cycles_AreMarked(string edges, bool hasCycle)
    {
        Assert.Equal(hasCycle, Graph(edges).InOrder().Any(node => node.IsCycle));
    }

    [Fact]
    public void InOrder_EdgesIntoACircle_AreMerged()
    {
        var graph = new EntitlementGraph();
        graph.AddEdge("a", "b", shallow: false, []);
        graph.AddEdge("b", "a", shallow: false, []);
        graph.AddEdge("s", "a", shallow: true, ["user"]);
        graph.AddEdge("s", "b", shallow: true, ["group"]);

        var (source, edge) = Assert.Single(graph.InOrder()[1].Incoming);

        Assert.Equal(["s"], source.Entitlements);
        Assert.True(edge.Shallow);
        Assert.Equal(new HashSet<string>(["user", "group"], StringComparer.Ordinal), edge.PrincipalTypes);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void AddEdge_Twice_DeepWins(bool first, bool second, bool shallow)
    {
        var graph = new EntitlementGraph();

        Assert.True(graph.AddEdge("a", "b", first, []));
        Assert.False(graph.AddEdge("a", "b", second, []));

        Assert.Equal(1, graph.EdgeCount);
        Assert.Equal(shallow, graph.InOrder()[1].Incoming.Single().Edge.Shallow);
    }

    [Theory]
    [InlineData("user", "group", "group,user")]
    [InlineData("user", "user", "user")]
    [InlineData("user", "", "")]
    [InlineData("", "user", "")]
    [InlineData("", "", "")]
    public void AddEdge_Twice_AllTypesWin(string first, string second, string types)
    {
        var graph = new EntitlementGraph();
        graph.AddEdge("a", "b", shallow: false, first.Split(',', StringSplitOptions.RemoveEmptyEntries));
        graph.AddEdge("a", "b", shallow: false, second.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(types, string.Join(',', graph.InOrder()[1].Incoming.Single().Edge.PrincipalTypes.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void InOrder_DeepChain_NeedsNoDeepStack()
    {
        var graph = new EntitlementGraph();
        for (var i = 0; i < 200_000; i++)
        {
            graph.AddEdge($"{i}", $"{i + 1}", shallow: false, []);
        }

        var nodes = graph.InOrder();

        Assert.Equal(["0"], nodes[0].Entitlements);
        Assert.Equal(["200000"], nodes[^1].Entitlements);
    }

    [Fact]
    public void InOrder_LongCircle_IsOneNode()
    {
        var graph = new EntitlementGraph();
        for (var i = 0; i < 100_000; i++)
        {
            graph.AddEdge($"{i}", $"{(i + 1) % 100_000}", shallow: false, []);
        }

        Assert.Equal(100_000, Assert.Single(graph.InOrder()).Entitlements.Count);
    }

    private static EntitlementGraph Graph(string edges)
    {
        var graph = new EntitlementGraph();
        foreach (var edge in edges.Split(' ').Select(edge => edge.Split('>')))
        {
            graph.AddEdge(edge[0], edge[1], shallow: false, []);
        }

        return graph;
    }
}
