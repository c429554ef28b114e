using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Google.Protobuf;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync.Phases;

public sealed class ResourcesPhaseTests : IDisposable
{
    private static readonly ChildResourceType Projects = new() { ResourceTypeId = "project" };

    private readonly SyncRig _rig = new();

    public static TheoryData<Trait, string> Traits() => new()
    {
        { Trait.User, "UserTrait" },
        { Trait.Group, "GroupTrait" },
        { Trait.Role, "RoleTrait" },
        { Trait.App, "AppTrait" },
        { Trait.Secret, "SecretTrait" },
    };

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Resources_WithChildren_ListsThemBelowTheirParents()
    {
        var connector = Organizations(Make.Resource("org", "1", Projects), Make.Resource("org", "2", Projects), Make.Resource("org", "3"));

        await _rig.RunAsync(connector);

        Assert.Equal(["org:1", "org:2", "org:3", "project:1-a", "project:2-a"], _rig.Resources().Sorted());
        Assert.Equal(
            ["resources org", "resources project", "resources project below org:1", "resources project below org:2"],
            connector.Calls.Where(call => call.StartsWith("resources", StringComparison.Ordinal)).Sorted());
        Assert.Equal("org:1", _rig.Read(reader => ParentOf(reader.FindResource("project", "1-a"))));
    }

    [Fact]
    public async Task Resources_ListedTwice_AreStoredOnceAndTheirChildrenListedOnce()
    {
        var first = Make.Resource("org", "1", Projects);
        var again = Make.Resource("org", "1", Projects);
        again.DisplayName = "renamed";
        var connector = Organizations(first, again);

        await _rig.RunAsync(connector);

        Assert.Equal("renamed", _rig.Read(reader => reader.FindResource("org", "1")?.DisplayName));
        Assert.Single(connector.Calls, call => call == "resources project below org:1");
    }

    [Fact]
    public async Task Resources_ChildTypeNotSelected_IsNotListed()
    {
        _rig.Options = _rig.Options with { ResourceTypes = ["org"] };
        var connector = Organizations(Make.Resource("org", "1", Projects));

        var summary = await _rig.RunAsync(connector);

        Assert.Equal(["org:1"], _rig.Resources());
        Assert.Empty(summary.Warnings);
    }

    [Fact]
    public async Task Resources_ChildTypeUnknown_IsAWarning()
    {
        var summary = await _rig.RunAsync(Organizations(Make.Resource("org", "1", new ChildResourceType { ResourceTypeId = "planet" })));

        Assert.Equal(["list-resources planet: resource type planet is not part of this sync"], summary.Warnings);
    }

    [Theory]
    [MemberData(nameof(Traits))]
    public async Task Resources_WithoutThePromisedTrait_EndTheSync(Trait trait, string name)
    {
        var connector = new ScriptedConnector(new ScriptedType("thing", trait) { Resources = (_, _) => Pages.Of(Make.Resource("thing", "1")) });

        var failure = await _rig.FailsAsync<SyncException>(connector);

        Assert.Equal($"resource was missing expected trait {name} (thing:1)", failure.Message);
    }

    [Fact]
    public async Task Resources_WithAllPromisedTraits_AreStored()
    {
        IMessage[] traits = [new UserTrait(), new GroupTrait(), new RoleTrait(), new AppTrait(), new SecretTrait()];
        Trait[] promised = [Trait.User, Trait.Group, Trait.Role, Trait.App, Trait.Secret, Trait.Unspecified];
        var connector = new ScriptedConnector(new ScriptedType("thing", promised) { Resources = (_, _) => Pages.Of(Make.Resource("thing", "1", traits)) });

        await _rig.RunAsync(connector);

        Assert.Equal(["thing:1"], _rig.Resources());
    }

    [Fact]
    public async Task Resources_ClaimingToBeExternal_EndTheSync()
    {
        var failure = await _rig.FailsAsync<ConnectorException>(Organizations(Make.Resource("org", "1", new BatonID())));

        Assert.Equal(StatusCode.Internal, failure.Code);
        Assert.Equal("connector returned a resource with SDK-reserved BatonID ownership annotation", failure.Message);
    }

    [Fact]
    public async Task Resources_TokenUnchanged_EndTheSync()
    {
        var connector = new ScriptedConnector(
            new ScriptedType("org") { Resources = (_, _) => Pages.Of(Make.Resource("org", "1", Projects)) },
            new ScriptedType("project")
            {
                Resources = (parent, _) => parent is null ? Pages.None<Resource>() : Pages.Each(new Page<Resource>([]) { NextToken = "t" }, new Page<Resource>([]) { NextToken = "t" }),
            });

        var failure = await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal(StatusCode.Internal, failure.Code);
        Assert.Equal("listing resources failed: next page token unchanged (token=t, type=project, parent=org:1) - likely a connector bug", failure.Message);
    }

    private static ScriptedConnector Organizations(params Resource[] organizations) => new(
        new ScriptedType("org") { Resources = (_, _) => Pages.Of(organizations) },
        new ScriptedType("project")
        {
            Resources = (parent, _) => parent is null ? Pages.None<Resource>() : Pages.Of(Make.Resource("project", $"{parent.Resource}-a").Below(parent)),
        });

    private static string ParentOf(Resource? resource) => $"{resource?.ParentResourceId?.ResourceType}:{resource?.ParentResourceId?.Resource}";
}
