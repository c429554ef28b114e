using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Baton.Sdk.Tests.Sync;
using CsCheck;
using Google.Protobuf;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Expansion;

public sealed class GrantExpanderTests : IDisposable
{
    private static readonly string[] PrincipalTypes = ["user", "bot"];

    private static readonly string[][] EdgeTypes = [[], [], ["user"], ["bot"], ["user", "bot"], ["group"]];

    private readonly SyncRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Expand_NestedGroupsOfTheFixture_GivesItsGrants()
    {
        await _rig.RunAsync(Fixture());

        var expected = FixtureGrants();
        var actual = _rig.Read(reader => reader.Grants().ToDictionary(grant => grant.Id, StringComparer.Ordinal));
        Assert.Equal(expected.Keys.Sorted(), actual.Keys.Sorted());
        foreach (var (id, grant) in expected)
        {
            Assert.Equal(grant.Sources, actual[id].Sources);
            Assert.Equal(grant.Annotations, actual[id].Annotations);
            Assert.Equal(grant.Principal.Id, actual[id].Principal.Id);
            Assert.Equal(grant.Entitlement.Id, actual[id].Entitlement.Id);
            Assert.Equal(grant.Entitlement.Resource.Id, actual[id].Entitlement.Resource.Id);
        }

        Assert.Equal(["group:a:member", "group:b:member", "group:c:member", "org:1:admin", "project:7:viewer"], _rig.Entitlements().Sorted());
        Assert.Equal(10, _rig.Resources().Count);
    }

    [Fact]
    public async Task Expand_ShallowEdge_PassesOnlyDirectHolders()
    {
        await _rig.RunAsync(Fixture(shallowIntoC: true));

        var expected = FixtureGrants().Keys.Except(["group:c:member:user:2", "org:1:admin:user:2"], StringComparer.Ordinal);
        Assert.Equal(expected.Sorted(), _rig.Grants().Sorted());
    }

    [Fact]
    public async Task Expand_AnySmallGraph_EqualsTheNaiveModel()
    {
        const int entitlements = 5;
        var anyEdge =
            from source in Gen.Int[0, entitlements - 1]
            from destination in Gen.Int[0, entitlements - 1]
            from shallow in Gen.Bool
            from types in Gen.Int[0, EdgeTypes.Length - 1].Select(i => EdgeTypes[i])
            select new NaiveExpansion.Edge(source, destination, shallow, types);
        var anyGrant =
            from entitlement in Gen.Int[0, entitlements - 1]
            from type in Gen.Int[0, PrincipalTypes.Length - 1].Select(i => PrincipalTypes[i])
            from id in Gen.Int[1, 3]
            select (Entitlement: entitlement, Principal: $"{type}:{id}");

        await Gen.Select(anyEdge.Array[0, 8], anyGrant.Array[0, 8]).SampleAsync(
            async (edges, grants) =>
            {
                using var rig = new SyncRig();
                await rig.RunAsync(Graph(entitlements, edges, grants));

                // The grants that carry the edges are grants too: the group of the source holds the destination.
                var carriers = edges.Select(edge => (edge.Destination, $"group:{edge.Source}"));
                var expected = NaiveExpansion.Expand(entitlements, grants.Concat(carriers), edges);
                Assert.Equal(Sorted(expected), Sorted(rig));
            },
            iter: 300,
            threads: 1);
    }

    [Theory]
    [InlineData("0>1 1>0")]
    [InlineData("0>1 1>2 2>0")]
    [InlineData("0>0")]
    [InlineData("0>1 1>0 1>2 2>1")]
    public async Task Expand_Circle_PassesOnToOthersAndNotWithin(string circle)
    {
        var edges = Edges(circle + " 0>4");

        await _rig.RunAsync(Graph(5, edges, [(0, "user:1"), (1, "user:2")]));

        var users = _rig.Grants().Where(id => id.Contains(":user:", StringComparison.Ordinal)).Sorted();
        var carries = circle.Length > 3;
        Assert.Equal(
            carries ? ["group:0:member:user:1", "group:1:member:user:2", "group:4:member:user:1", "group:4:member:user:2"]
                : ["group:0:member:user:1", "group:1:member:user:2", "group:4:member:user:1"],
            users);
        Assert.Contains("cycle detected in entitlement graph", _rig.Log.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0>1 1>0")]
    [InlineData("0>0")]
    [InlineData("3>4 0>1 1>0")]
    public async Task Expand_CircleThatIsNotToBeFixed_EndsTheSync(string edges)
    {
        _rig.Options = _rig.Options with { FixCycles = false };

        var failure = await _rig.FailsAsync<SyncException>(Graph(5, Edges(edges), [(0, "user:1")]));

        Assert.Equal("cycles detected in entitlement graph", failure.Message);
    }

    [Fact]
    public async Task Expand_WithoutACircle_IsNotToBeFixed()
    {
        _rig.Options = _rig.Options with { FixCycles = false };

        await _rig.RunAsync(Graph(3, Edges("0>1 1>2 0>2"), [(0, "user:1")]));

        Assert.Equal(3, _rig.Grants().Count(id => id.EndsWith(":user:1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Expand_SameEdgeTwice_UsesTheWider()
    {
        // Two grants of the destination to the same group, under two ids.
        var (source, destination) = (Make.Group("0"), Make.Group("1"));
        var (from, to) = (Make.Entitlement(source, "member"), Make.Entitlement(destination, "member"));
        var narrow = Make.Grant(to, source, new GrantExpandable { EntitlementIds = { from.Id }, Shallow = true, ResourceTypeIds = { "bot" } });
        var wide = Make.Grant(to, source, new GrantExpandable { EntitlementIds = { from.Id }, ResourceTypeIds = { "user" } });
        wide.Id = "another id";

        await _rig.RunAsync(Connector([source, destination], group => group.Equals(source) ? [Make.Grant(from, Make.User("1")), Make.Grant(from, Make.Resource("bot", "1"))] : [narrow, wide]));

        Assert.Contains("duplicate edge from datasource; the wider of the two is used", _rig.Log.Error, StringComparison.Ordinal);
        Assert.Equal(["group:1:member:bot:1", "group:1:member:user:1"], _rig.Grants().Where(IsMade).Sorted());

        static bool IsMade(string id) => id.StartsWith("group:1:member:", StringComparison.Ordinal) && !id.Contains(":group:", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_PrincipalHoldsTheSourceTwice_MergesBoth()
    {
        var (source, destination) = (Make.Group("0"), Make.Group("1"));
        var (from, to) = (Make.Entitlement(source, "member"), Make.Entitlement(destination, "member"));
        var direct = Make.Grant(from, Make.User("1"));
        var indirect = Make.Grant(from, Make.User("1"));
        indirect.Id = "z, written and read last";
        indirect.Sources = new GrantSources { Sources = { ["elsewhere"] = new() } };

        await _rig.RunAsync(Connector([source, destination], group => group.Equals(source) ? [direct, indirect] : [Make.Grant(to, source, Make.Expandable(from.Id))]));

        Assert.True(_rig.Grant("group:1:member:user:1").Sources.Sources[from.Id].IsDirect);
    }

    [Fact]
    public async Task Expand_PrincipalHoldsTheDestinationTwice_AddsToBoth()
    {
        var (source, destination) = (Make.Group("0"), Make.Group("1"));
        var (from, to) = (Make.Entitlement(source, "member"), Make.Entitlement(destination, "member"));
        var (held, again) = (Make.Grant(to, Make.User("1")), Make.Grant(to, Make.User("1"), new GrantMetadata()));
        again.Id = "again";

        await _rig.RunAsync(
            Connector([source, destination], group => group.Equals(source) ? [Make.Grant(from, Make.User("1"))] : [held, again, Make.Grant(to, source, Make.Expandable(from.Id))]));

        foreach (var id in new[] { held.Id, again.Id })
        {
            Assert.Equal([from.Id, to.Id], _rig.Grant(id).Sources.Sources.Keys.Sorted());
        }

        Assert.Equal(again.Annotations, _rig.Grant("again").Annotations);
    }

    [Fact]
    public async Task Expand_MissingEntitlements_AreCountedAndLeftOut()
    {
        var (source, destination) = (Make.Group("0"), Make.Group("1"));
        var (from, to) = (Make.Entitlement(source, "member"), Make.Entitlement(destination, "missing"));
        var dangling = Make.Grant(Make.Entitlement(destination, "member"), source, Make.Expandable("group:0:nothing", "group:0:nothing either", from.Id));

        await _rig.RunAsync(Connector([source, destination], group => group.Equals(source)
            ? [Make.Grant(from, Make.User("1"))]
            : [dangling, Make.Grant(to, source, Make.Expandable(from.Id))]));

        Assert.Equal(["group:0:member:user:1", "group:1:member:user:1"], _rig.Grants().Where(id => id.Contains(":user:", StringComparison.Ordinal)).Sorted());
        Assert.Contains(
            "\"edges_missing_source_entitlement\":2,\"edges_missing_destination_entitlement\":1,\"distinct_missing_entitlements\":3",
            _rig.Log.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_SourceOfAnotherPrincipal_EndsTheSync()
    {
        var (source, destination) = (Make.Group("0"), Make.Group("1"));

        var failure = await _rig.FailsAsync<SyncException>(Connector([source, destination], group => group.Equals(source)
            ? []
            : [Make.Grant(Make.Entitlement(destination, "member"), Make.User("1"), Make.Expandable("group:0:member"))]));

        Assert.StartsWith("source entitlement resource id did not match grant principal id", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_Diamond_NamesBothWays()
    {
        await _rig.RunAsync(Graph(4, Edges("0>1 0>2 1>3 2>3"), [(0, "user:1")]));

        var sources = _rig.Grant("group:3:member:user:1").Sources.Sources;
        Assert.Equal(["group:1:member", "group:2:member"], sources.Keys.Sorted());
        Assert.All(sources.Values, source => Assert.False(source.IsDirect));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Expand_NotAskedFor_LeavesTheGrantsMarked(bool skip)
    {
        _rig.Options = _rig.Options with { SkipExpansion = skip };

        await _rig.RunAsync(Fixture());

        Assert.Equal(skip ? 8 : 15, _rig.Grants().Count);
        Assert.Equal(3, _rig.Read(reader => reader.ExpandableGrants().Count()));
        Assert.Equal("1", _rig.Column(_rig.Syncs()[0].Id, "supports_diff"));
    }

    [Fact]
    public async Task Expand_TenThousandLevels_ReachesTheTop()
    {
        const int levels = 10_000;
        var groups = Enumerable.Range(0, levels).Select(i => Make.Group($"{i:D5}")).ToArray();

        await _rig.RunAsync(Connector(groups, group =>
        {
            var level = int.Parse(group.Id.Resource, System.Globalization.CultureInfo.InvariantCulture);
            return [level == 0
                ? Make.Grant(Make.Entitlement(group, "member"), Make.User("1"))
                : Make.Grant(Make.Entitlement(group, "member"), groups[level - 1], new GrantExpandable
                {
                    EntitlementIds = { $"group:{level - 1:D5}:member" },
                    ResourceTypeIds = { "user" },
                })];
        }));

        Assert.Equal("group:09998:member", Assert.Single(_rig.Grant("group:09999:member:user:1").Sources.Sources).Key);
    }

    [Fact]
    public async Task Expand_FiftyThousandGrants_TakesSeconds()
    {
        // 500 people in one group, which is in 100 others.
        var people = Enumerable.Range(0, 500).Select(i => Make.User($"{i}")).ToArray();
        var groups = Enumerable.Range(0, 101).Select(i => Make.Group($"{i}")).ToArray();
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        await _rig.RunAsync(Connector(groups, group => group.Equals(groups[0])
            ? [.. people.Select(person => Make.Grant(Make.Entitlement(group, "member"), person))]
            : [Make.Grant(Make.Entitlement(group, "member"), groups[0], Make.Expandable("group:0:member"))]));

        Assert.Equal(50_600, _rig.Read(reader => reader.Stats().Grants));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    private static NaiveExpansion.Edge[] Edges(string edges)
        => [.. edges.Split(' ').Select(edge => new NaiveExpansion.Edge(edge[0] - '0', edge[2] - '0', Shallow: false, ["user"]))];

    /// <summary>Groups with one entitlement each; an edge is a grant of its destination to the group of its source.</summary>
    private static ScriptedConnector Graph(
        int entitlements, NaiveExpansion.Edge[] edges, (int Entitlement, string Principal)[] grants)
    {
        var groups = Enumerable.Range(0, entitlements).Select(i => Make.Group($"{i}")).ToArray();
        return Connector(groups, group =>
        {
            var number = int.Parse(group.Id.Resource, System.Globalization.CultureInfo.InvariantCulture);
            var member = Make.Entitlement(group, "member");
            var direct = grants.Where(grant => grant.Entitlement == number).Select(grant => grant.Principal.Split(':')).Select(id => Make.Grant(member, Make.Resource(id[0], id[1])));

            // One grant an edge, so that two edges between the same groups need two ids.
            var carriers = edges.Where(edge => edge.Destination == number).GroupBy(edge => edge.Source).SelectMany(same => same.Select((edge, i) =>
            {
                var carrier = Make.Grant(member, groups[edge.Source], new GrantExpandable
                {
                    EntitlementIds = { $"group:{edge.Source}:member" },
                    Shallow = edge.Shallow,
                    ResourceTypeIds = { edge.Types },
                });
                carrier.Id += i > 0 ? $" {i}" : "";
                return carrier;
            }));
            return [.. direct, .. carriers];
        });
    }

    private static ScriptedConnector Connector(Resource[] groups, Func<Resource, Grant[]> grants) => new(
        new ScriptedType("user"),
        new ScriptedType("bot"),
        new ScriptedType("group")
        {
            Resources = (_, _) => Pages.Of(groups),
            Entitlements = (group, _) => Pages.Of(Make.Entitlement(group, "member")),
            Grants = (group, _) => Pages.Of(grants(Array.Find(groups, candidate => candidate.Id.Resource == group.Id.Resource)!)),
        });

    private static string[] Sorted(Dictionary<(int Entitlement, string Principal), SortedDictionary<int, bool>> grants)
        => grants.Select(grant => Line($"group:{grant.Key.Entitlement}:member", grant.Key.Principal, grant.Value.Select(source => ($"group:{source.Key}:member", source.Value)))).Sorted();

    private static string[] Sorted(SyncRig rig) => rig.Read(reader => reader.Grants()
        .Select(grant => Line(
            grant.Entitlement.Id,
            $"{grant.Principal.Id.ResourceType}:{grant.Principal.Id.Resource}",
            grant.Sources?.Sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => (source.Key, source.Value.IsDirect)) ?? []))
        .Distinct(StringComparer.Ordinal)
        .Sorted());

    private static string Line(string entitlement, string principal, IEnumerable<(string Entitlement, bool Direct)> sources)
        => $"{entitlement} <- {principal}: {string.Join(", ", sources.Select(source => $"{source.Entitlement}{(source.Direct ? " direct" : "")}"))}";

    /// <summary>The directory that the fixture was made of.</summary>
    private static ScriptedConnector Fixture(bool shallowIntoC = false)
    {
        var users = Enumerable.Range(1, 5).Select(i => Make.User($"{i}")).ToArray();
        var (a, b, c) = (Make.Group("a"), Make.Group("b"), Make.Group("c"));
        var org = Make.Resource("org", "1", new ChildResourceType { ResourceTypeId = "project" });
        var (inA, inB, inC, admin) = (Make.Entitlement(a, "member"), Make.Entitlement(b, "member"), Make.Entitlement(c, "member"), Make.Entitlement(org, "admin"));
        var user = new ScriptedType("user", Trait.User) { Resources = (_, _) => Pages.Of(users) };
        user.Type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));
        return new(
            user,
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(a, b, c),
                Entitlements = (group, _) => Pages.Of(Make.Entitlement(group, "member")),
                Grants = (group, _) => group.Id.Resource switch
                {
                    "a" => Pages.Of(Make.Grant(inA, users[0]), Make.Grant(inA, users[1])),
                    "b" => Pages.Of(Make.Grant(inB, users[2]), Make.Grant(inB, users[0]), Make.Grant(inB, a, ForUsers(inA))),
                    _ => Pages.Of(Make.Grant(inC, b, ForUsers(inB, shallowIntoC))),
                },
            },
            new ScriptedType("org")
            {
                Resources = (_, _) => Pages.Of(org),
                Entitlements = (_, _) => Pages.Of(admin),
                Grants = (_, _) => Pages.Of(Make.Grant(admin, c, ForUsers(inC)), Make.Grant(admin, users[3])),
            },
            new ScriptedStaticType("project")
            {
                Resources = (parent, _) => parent is null ? Pages.None<Resource>() : Pages.Of(Make.Resource("project", "7").Below(parent)),
                Templates = _ => Pages.Of(new Entitlement { Slug = "viewer", Purpose = Entitlement.Types.PurposeValue.Permission }),
            });

        static GrantExpandable ForUsers(Entitlement source, bool shallow = false)
            => new() { EntitlementIds = { source.Id }, Shallow = shallow, ResourceTypeIds = { "user" } };
    }

    private static Dictionary<string, Grant> FixtureGrants()
    {
        using var resource = typeof(GrantExpanderTests).Assembly.GetManifestResourceStream("expansion-children-static.json")!;
        using var fixture = JsonDocument.Parse(resource);
        var parser = new JsonParser(JsonParser.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry).WithIgnoreUnknownFields(true));
        return fixture.RootElement.GetProperty("listings").GetProperty("grants").GetProperty("grants").EnumerateArray()
            .Select(row => parser.Parse<Grant>(row.GetProperty("grant").GetRawText()))
            .ToDictionary(grant => grant.Id, StringComparer.Ordinal);
    }
}
