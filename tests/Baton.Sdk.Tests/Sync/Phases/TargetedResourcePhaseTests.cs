using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync.Phases;

public sealed class TargetedResourcePhaseTests : IDisposable
{
    private readonly SyncRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Target_Found_IsReadWithItsAccess()
    {
        await _rig.RunAsync(Organization());
        var full = Assert.Single(_rig.Syncs());
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        Target("org:1");
        var connector = Organization();

        await _rig.RunAsync(connector);

        var sync = _rig.Syncs()[^1];
        Assert.Equal((SyncType.Partial, full.Id), (sync.Type, sync.ParentId));
        Assert.Equal(["get org:1", "resources project below org:1", "entitlements org:1", "grants org:1", "get user:1"], connector.Calls.Where(NotOfProjects).ToArray());
        Assert.Equal(["org:1", "project:1"], _rig.Resources().Sorted());
        Assert.Equal(["org:1:admin"], _rig.Entitlements());
        Assert.Equal(["org:1:admin:user:1", "user:1:self:org:1"], _rig.Grants().Sorted());
        Assert.Equal("0", _rig.Column(sync.Id, "supports_diff"));

        static bool NotOfProjects(string call) => !call.Contains("project:", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Target_WithAParent_IsAskedForBelowIt()
    {
        _rig.Options = _rig.Options with { Targets = [new(Ids.Resource("org", "1"), Ids.Resource("account", "9"))] };
        var connector = Organization();

        await _rig.RunAsync(connector);

        Assert.Equal("get org:1 below account:9", connector.Calls[0]);
    }

    [Theory]
    [InlineData("org:2", "skipping resource org:2: the target system does not have it")]
    [InlineData("org:not-found", "skipping resource org:not-found: gone")]
    [InlineData("org:unimplemented", "skipping resource org:unimplemented: cannot")]
    [InlineData("project:1", "skipping resource project:1: this connector cannot read one project by itself")]
    [InlineData("planet:1", "skipping resource planet:1: this connector cannot read one planet by itself")]
    public async Task Target_NotToBeHad_IsSkippedWithAWarning(string target, string warning)
    {
        Target(target, "org:1");

        var summary = await _rig.RunAsync(Organization());

        Assert.Equal([warning], summary.Warnings);
        Assert.Contains(_rig.Resources(), resource => resource == "org:1");
    }

    [Fact]
    public async Task Target_NotReadable_EndsTheSync()
    {
        Target("org:denied");

        var failure = await _rig.FailsAsync<ConnectorException>(Organization());

        Assert.Equal(StatusCode.PermissionDenied, failure.Code);
    }

    [Fact]
    public async Task Target_GivenTwiceOrOutsideTheFilter_IsReadOnceOrNotAtAll()
    {
        Target("org:1", "project:1", "org:1");
        _rig.Options = _rig.Options with { ResourceTypes = ["org"] };
        var connector = Organization();

        var summary = await _rig.RunAsync(connector);

        Assert.Equal(["get org:1", "entitlements org:1", "grants org:1", "get user:1"], connector.Calls);
        Assert.Empty(summary.Warnings);
    }

    [Fact]
    public async Task Target_Incomplete_IsDroppedAndCounted()
    {
        Target("org:incomplete");

        await _rig.RunAsync(Organization());

        Assert.Empty(_rig.Resources());
        Assert.Contains("\"invalid_resources_observed\":1", _rig.Log.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Target_OfATypeScopedType_HasNeitherEntitlementsNorGrants(bool grants)
    {
        var type = new ScriptedReadableType("org") { Get = _ => Make.Resource("org", "1") };
        type.Type.Annotations.Add(grants ? Annotations.Of(new TypeScopedGrants()) : Annotations.Of(new TypeScopedEntitlements()));
        var connector = new ScriptedConnector(type);
        Target("org:1");

        await _rig.RunAsync(connector);

        Assert.Equal(["get org:1"], connector.Calls);
    }

    [Theory]
    [InlineData(true, false, "get org:1,resources project below org:1,entitlements org:1,get project:1")]
    [InlineData(false, true, "get org:1,resources project below org:1,get project:1")]
    public async Task Target_SkipFlags_LeaveOutWhatTheySay(bool skipGrants, bool skipBoth, string expected)
    {
        Target("org:1");
        _rig.Options = _rig.Options with { SkipGrants = skipGrants, SkipEntitlementsAndGrants = skipBoth };
        var connector = Organization();

        await _rig.RunAsync(connector);

        Assert.Equal(expected.Replace(",get project:1", "", StringComparison.Ordinal), string.Join(',', connector.Calls));
        Assert.Equal(SyncType.Partial, _rig.Syncs()[0].Type);
    }

    [Fact]
    public async Task Target_GrantsOnAResourceThatIsGone_AreKept()
    {
        Target("org:1");

        await _rig.RunAsync(Organization(relatedUser: _ => throw new ConnectorException(StatusCode.NotFound, "gone")));

        Assert.Equal(["org:1:admin:user:1", "user:1:self:org:1"], _rig.Grants().Sorted());
    }

    [Fact]
    public async Task Target_GrantsOnAnotherResource_BringIt()
    {
        Target("org:1");

        await _rig.RunAsync(Organization(relatedUser: id => Make.User(id.Resource)));

        Assert.Equal(["org:1", "project:1", "user:1"], _rig.Resources().Sorted());
    }

    [Fact]
    public async Task Target_OfATypeWithTemplates_HasTheirEntitlementsAndNobodyElse()
    {
        Target("app:1", "app:2");
        var connector = new ScriptedConnector(new ReadableStaticType("app")
        {
            Entitlements = (resource, _) => Pages.Of(Make.Entitlement(resource, "own")),
            Grants = (resource, _) => Pages.Of(Make.Grant(Make.Entitlement(resource, "use"), Make.User("1")), Make.Grant(Make.Entitlement(Make.Resource("app", "3"), "use"), resource)),
        });

        await _rig.RunAsync(connector);

        Assert.Equal(["app:1", "app:2", "app:3"], _rig.Resources().Sorted());
        Assert.Equal(["app:1:own", "app:1:use", "app:2:own", "app:2:use"], _rig.Entitlements().Sorted());
        Assert.Equal("app 1", _rig.Read(reader => reader.FindEntitlement("app:1:use"))?.Resource.DisplayName);
    }

    [Fact]
    public async Task Target_OfATypeThatSkipsEntitlements_HasThoseOfTheTemplates()
    {
        Target("app:1");
        var type = new ReadableStaticType("app") { Entitlements = (resource, _) => Pages.Of(Make.Entitlement(resource, "own")) };
        type.Type.Annotations.Add(Annotations.Of(new SkipEntitlements()));

        await _rig.RunAsync(new ScriptedConnector(type));

        Assert.Equal(["app:1:use"], _rig.Entitlements());
    }

    [Fact]
    public async Task Target_OfATypeWithTemplatesWithoutAccess_HasNone()
    {
        Target("app:1");
        _rig.Options = _rig.Options with { SkipEntitlementsAndGrants = true };

        await _rig.RunAsync(new ScriptedConnector(new ReadableStaticType("app")));

        Assert.Equal(["app:1"], _rig.Resources());
        Assert.Empty(_rig.Entitlements());
    }

    private void Target(params string[] targets)
        => _rig.Options = _rig.Options with { Targets = [.. targets.Select(target => target.Split(':')).Select(parts => new TargetResource(Ids.Resource(parts[0], parts[1]), Parent: null))] };

    private static ScriptedConnector Organization(Func<ResourceId, Resource?>? relatedUser = null)
    {
        var org = Make.Resource("org", "1", new ChildResourceType { ResourceTypeId = "project" });
        var admin = Make.Entitlement(org, "admin");
        return new(
            new ScriptedReadableType("user", Trait.User) { Get = relatedUser ?? (_ => null) },
            new ScriptedReadableType("org")
            {
                Resources = (_, _) => Pages.Of(org),
                Get = id => id.Resource switch
                {
                    "1" => org,
                    "not-found" => throw new ConnectorException(StatusCode.NotFound, "gone"),
                    "unimplemented" => throw new ConnectorException(StatusCode.Unimplemented, "cannot"),
                    "denied" => throw new ConnectorException(StatusCode.PermissionDenied, "no"),
                    "incomplete" => new Resource(),
                    _ => null,
                },
                Entitlements = (_, _) => Pages.Of(admin),
                Grants = (_, _) => Pages.Of(Make.Grant(admin, Make.User("1")), Make.Grant(Make.Entitlement(Make.User("1"), "self"), org)),
            },
            new ScriptedType("project")
            {
                Resources = (parent, _) => parent is null ? Pages.None<Resource>() : Pages.Of(Make.Resource("project", "1").Below(parent)),
            });
    }

    /// <summary>As teams of Grafana are: read one by one, all with the same entitlements.</summary>
    private sealed class ReadableStaticType(string id) : ScriptedType(id), IResourceGetter, IStaticEntitlementSyncer
    {
        public Task<Resource?> GetResourceAsync(ResourceId id, ResourceId? parent, CancellationToken cancellationToken)
            => Task.FromResult<Resource?>(Make.Resource(id.ResourceType, id.Resource));

        public async IAsyncEnumerable<Page<Entitlement>> ListStaticEntitlementsAsync(
            PageRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new([new Entitlement { Slug = "use" }]);
        }
    }
}
