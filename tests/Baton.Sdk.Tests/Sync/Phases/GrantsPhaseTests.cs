using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync.Phases;

public sealed class GrantsPhaseTests : IDisposable
{
    private static readonly Resource A = Make.Group("a");
    private static readonly Entitlement Member = Make.Entitlement(A, "member");

    private readonly SyncRig _rig = new();

    public static TheoryData<string, int, string> BrokenCursors() => new()
    {
        { "two annotations", 2, "more than one EnqueuePageTokens annotation" },
        { "1025", 1, "more than 1024 page tokens" },
        { "empty", 1, "an empty or oversized page token" },
        { "oversized", 1, "an empty or oversized page token" },
        { "together", 1, "page tokens that are too large together" },
        { "duplicate", 1, "a duplicate or cyclic spawned cursor" },
        { "next", 1, "a duplicate or cyclic spawned cursor" },
    };

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Grants_TypeScoped_AreListedOnceForTheType()
    {
        var type = new ScriptedType("group", Trait.Group)
        {
            Resources = (_, _) => Pages.Of(A, Make.Group("b", new SkipGrants())),
            Grants = (stub, _) => Pages.Of(Make.Grant(Member, Make.User(stub.Id.Resource))),
        };
        type.Type.Annotations.Add([Annotations.Of(new TypeScopedGrants()), Annotations.Of(new SkipEntitlementsAndGrants())]);
        var connector = new ScriptedConnector(new ScriptedType("user", Trait.User), type);

        await _rig.RunAsync(connector);

        Assert.Equal(["group:a:member:user:group"], _rig.Grants());
        Assert.Equal(["grants group:group"], connector.Calls.Where(call => call.StartsWith("grants", StringComparison.Ordinal)).ToArray());
    }

    [Fact]
    public async Task Grants_TokenUnchanged_EndTheSync()
    {
        var failure = await _rig.FailsAsync<ConnectorException>(
            Groups((_, _) => Pages.Each(new Page<Grant>([]) { NextToken = "t" }, new Page<Grant>([]) { NextToken = "t" })));

        Assert.Equal("listing grants for resource group/a failed: next page token unchanged - likely a connector bug", failure.Message);
    }

    [Fact]
    public async Task Grants_FurtherCursors_AreFollowedToTheirEnds()
    {
        var connector = Groups((_, request) => request.Token switch
        {
            "" => Pages.Each(Page("start", next: "1", "x", "y"), Page("1", next: "")),
            "x" => Pages.Each(Page("x", next: "x2"), Page("x2", next: "")),
            "y" => Pages.Each(Page("y", next: "", "z")),
            var token => Pages.Each(Page(token, next: "")),
        });

        await _rig.RunAsync(connector);

        Assert.Equal(
            ["group:a:member:user:1", "group:a:member:user:start", "group:a:member:user:x", "group:a:member:user:x2", "group:a:member:user:y", "group:a:member:user:z"],
            _rig.Grants().Sorted());
    }

    [Fact]
    public async Task Grants_CursorsThatOpenEachOther_AreReadOnce()
    {
        var connector = Groups((_, request) => Pages.Each(request.Token == "x" ? Page("x", next: "", "y") : Page("other", next: "", "x")));

        var summary = await _rig.RunAsync(connector);

        Assert.Equal(["grants group:a", "grants group:a at x", "grants group:a at y"], connector.Calls.Where(call => call.StartsWith("grants", StringComparison.Ordinal)).ToArray());
        Assert.Equal(["list-grants group:a: a page cursor was opened more than once; it is read once"], summary.Warnings);
    }

    [Theory]
    [MemberData(nameof(BrokenCursors))]
    public async Task Grants_BrokenCursors_EndTheSync(string kind, int annotations, string text)
    {
        string[] tokens = kind switch
        {
            "1025" => [.. Enumerable.Range(0, 1025).Select(i => $"{i}")],
            "empty" => ["x", ""],
            "oversized" => [new string('x', (1 << 20) + 1)],
            "together" => [.. Enumerable.Range(0, 17).Select(i => new string((char)('a' + i), 1 << 20))],
            "duplicate" => ["x", "x"],
            "next" => ["next"],
            _ => ["x"],
        };
        var page = new Page<Grant>([])
        {
            NextToken = "next",
            Annotations = [.. Enumerable.Repeat(Annotations.Of(new EnqueuePageTokens { PageTokens = { tokens } }), annotations)],
        };

        var failure = await _rig.FailsAsync<ConnectorException>(Groups((_, request) => request.Token.Length > 0 ? Pages.None<Grant>() : Pages.Each(page)));

        Assert.Equal(StatusCode.Internal, failure.Code);
        Assert.Equal($"a page has {text} - likely a connector bug", failure.Message);
    }

    [Fact]
    public async Task Grants_MostCursorsAllowed_AreFollowed()
    {
        var tokens = Enumerable.Range(0, 1024).Select(i => $"{i}").ToArray();
        var connector = Groups((_, request) => Pages.Each(request.Token.Length > 0 ? Page(request.Token, next: "") : Page("start", next: "", tokens)));

        await _rig.RunAsync(connector);

        Assert.Equal(1025, _rig.Grants().Count);
    }

    [Fact]
    public async Task Grants_BringingTheirResources_StoreThem()
    {
        var found = Make.Group("found");
        var page = new Page<Grant>(
        [
            Make.Grant(Make.Entitlement(found, "member"), Make.User("1")),
            Make.Grant(Make.Entitlement(Make.Resource("planet", "1"), "member"), Make.User("1")),
            Make.Grant(new Entitlement { Id = "x", Resource = new Resource { Id = Ids.Resource("group", "") } }, Make.User("1")),
        ])
        {
            Annotations = [Annotations.Of(new InsertResourceGrants())],
        };

        await _rig.RunAsync(Groups((_, _) => Pages.Each(page)));

        Assert.Equal(["group:a", "group:found"], _rig.Resources().Sorted());
        var grant = _rig.Grant(Assert.Single(_rig.Grants()));
        Assert.Equal("group:found:member:user:1", grant.Id);
        Assert.True(Annotations.Has(grant.Annotations, InsertResourceGrants.Descriptor));
    }

    [Theory]
    [InlineData("user,group", "user,group", 0)]
    [InlineData("user,planet", "user", 1)]
    [InlineData("planet", null, 1)]
    [InlineData("planet,moon", null, 2)]
    [InlineData("", "", 0)]
    public async Task Grants_ExpandingForTypesOutsideTheSync_AreNarrowed(string types, string? narrowed, int dropped)
    {
        var expandable = Make.Expandable("group:b:member");
        expandable.ResourceTypeIds.Add(types.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var original = Make.Grant(Member, Make.Group("b"), expandable, new GrantImmutable());

        await _rig.RunAsync(Groups((_, _) => Pages.Of(original)));

        var stored = _rig.Read(reader => Assert.Single(reader.GrantsWithExpansion().ToList()));
        Assert.Equal(narrowed, stored.Expansion is null ? null : string.Join(',', stored.Expansion.ResourceTypeIds));
        Assert.Equal([Annotations.Of(new GrantImmutable())], stored.Grant.Annotations);
        Assert.Equal(dropped > 0, _rig.Log.Error.Contains($"\"expansion_resource_types_dropped\":{dropped}", StringComparison.Ordinal));

        // What the connector sent is the connector's.
        Assert.Equal(expandable, Annotations.Find<GrantExpandable>(original.Annotations));
    }

    [Fact]
    public async Task Grants_AskedForTwice_AreAnnotatedOnce()
    {
        _rig.EngineTime = new EagerTime(_rig.Time.GetUtcNow());
        var grant = Make.Grant(Member, Make.User("1"));
        var page = new Page<Grant>([grant]) { Annotations = [Annotations.Of(new InsertResourceGrants())] };
        var calls = 0;

        await _rig.RunAsync(Groups((_, _) => calls++ == 0
            ? Pages.Each(page).Concat(Pages.Failing<Grant>(new ConnectorException(StatusCode.Unavailable, "broken")))
            : Pages.Each(page)));

        Assert.Single(_rig.Grant(grant.Id).Annotations);
        Assert.Empty(grant.Annotations);
    }

    [Fact]
    public async Task Grants_WithARuleForExternalPrincipals_AreKeptWithoutThePrincipalsType()
    {
        var grant = Make.Grant(Member, Make.Resource("placeholder", "1"), new ExternalResourceMatchAll { ResourceType = Trait.User });

        await _rig.RunAsync(Groups((_, _) => Pages.Of(grant)));

        Assert.Equal([grant.Id], _rig.Grants());
    }

    [Fact]
    public async Task Grants_OneWithARuleAmongMany_SetsTheFlag()
    {
        var groups = Enumerable.Range(0, 40).Select(i => Make.Group($"{i}")).ToArray();
        await _rig.RunAsync(new ScriptedConnector(
            new ScriptedType("user", Trait.User),
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(groups),
                Grants = (group, _) => Pages.Of(group.Id.Resource == "20"
                    ? Make.Grant(Make.Entitlement(group, "m"), Make.User("1"), new ExternalResourceMatchID { Id = "x" })
                    : Make.Grant(Make.Entitlement(group, "m"), Make.User("1"))),
            }));

        Assert.Contains("\"has_external_resource_grants\":true", _rig.Syncs()[0].Token, StringComparison.Ordinal);
    }

    private static ScriptedConnector Groups(Func<Resource, PageRequest, IAsyncEnumerable<Page<Grant>>> grants) => new(
        new ScriptedType("user", Trait.User),
        new ScriptedType("group", Trait.Group) { Resources = (_, _) => Pages.Of(A), Grants = grants });

    private static Page<Grant> Page(string user, string next, params string[] cursors) => new([Make.Grant(Member, Make.User(user))])
    {
        NextToken = next,
        Annotations = cursors.Length > 0 ? [Annotations.Of(new EnqueuePageTokens { PageTokens = { cursors } })] : Array.Empty<Any>(),
    };
}
