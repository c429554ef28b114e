using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Tests.Sync.Phases;

public sealed class EntitlementsPhaseTests : IDisposable
{
    private readonly SyncRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Entitlements_TypeScoped_AreListedOnceForTheType()
    {
        Resource? asked = null;
        var type = new ScriptedType("app")
        {
            Resources = (_, _) => Pages.Of(Make.Resource("app", "1", new SkipEntitlementsAndGrants()), Make.Resource("app", "2")),
            Entitlements = (stub, request) =>
            {
                asked = stub;
                return Pages.Numbered(request, Make.Entitlement(Make.Resource("app", "1"), "use"), Make.Entitlement(Make.Resource("app", "2"), "use"));
            },
        };
        type.Type.Annotations.Add([Annotations.Of(new TypeScopedEntitlements()), Annotations.Of(new SkipEntitlements())]);
        var connector = new ScriptedConnector(type);

        await _rig.RunAsync(connector);

        Assert.Equal(Ids.Resource("app", "app"), asked?.Id);
        Assert.Equal(["app:1:use", "app:2:use"], _rig.Entitlements().Sorted());
        Assert.Single(connector.Calls, call => call.StartsWith("entitlements", StringComparison.Ordinal));
        Assert.Equal(["grants app:2"], connector.Calls.Where(call => call.StartsWith("grants", StringComparison.Ordinal)).ToArray());
    }

    [Fact]
    public async Task Entitlements_TypeScopedWithoutResources_AreListedAllTheSame()
    {
        var type = new ScriptedType("app");
        type.Type.Annotations.Add(Annotations.Of(new TypeScopedEntitlements()));
        var connector = new ScriptedConnector(type);

        await _rig.RunAsync(connector);

        Assert.True(connector.WasAskedFor("entitlements app:app"));
    }

    [Fact]
    public async Task Entitlements_TypeScopedWithoutAListing_EndTheSync()
    {
        var type = new Unlisted(new ResourceType { Id = "app", Annotations = { Annotations.Of(new TypeScopedEntitlements()) } });

        var failure = await _rig.FailsAsync<ConnectorException>(new UnlistedConnector(type));

        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
    }

    [Fact]
    public async Task Entitlements_TypeWithoutAListing_HasNone()
    {
        await _rig.RunAsync(new UnlistedConnector(new Unlisted(new ResourceType { Id = "app" })));

        Assert.Equal(["app:1"], _rig.Resources());
        Assert.Empty(_rig.Entitlements());
    }

    [Fact]
    public async Task Entitlements_InTwoExclusionGroups_EndTheSync()
    {
        var connector = new ScriptedConnector(new ScriptedType("app")
        {
            Resources = (_, _) => Pages.Of(Make.Resource("app", "1")),
            Entitlements = (app, _) => Pages.Of(Make.Entitlement(app, "use", new EntitlementExclusionGroup(), new EntitlementExclusionGroup())),
        });

        var failure = await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Contains("app:1:use", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entitlements_TokenUnchanged_EndTheSync()
    {
        var connector = new ScriptedConnector(new ScriptedType("app")
        {
            Resources = (_, _) => Pages.Of(Make.Resource("app", "1")),
            Entitlements = (_, _) => Pages.Each(new Page<Entitlement>([]) { NextToken = "t" }, new Page<Entitlement>([]) { NextToken = "t" }),
        });

        var failure = await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal("listing entitlements failed: next page token unchanged - likely a connector bug", failure.Message);
    }

    [Fact]
    public async Task Entitlements_FurtherCursors_AreFollowed()
    {
        var connector = new ScriptedConnector(new ScriptedType("app")
        {
            Resources = (_, _) => Pages.Of(Make.Resource("app", "1")),
            Entitlements = (app, request) => request.Token.Length > 0
                ? Pages.Of(Make.Entitlement(app, request.Token))
                : Pages.Each(new Page<Entitlement>([]) { Annotations = [Annotations.Of(new EnqueuePageTokens { PageTokens = { "x", "y" } })] }),
        });

        await _rig.RunAsync(connector);

        Assert.Equal(["app:1:x", "app:1:y"], _rig.Entitlements().Sorted());
    }

    [Fact]
    public async Task Entitlements_MoreResourcesThanOneStepPlans_AreAllListed()
    {
        var connector = new ScriptedConnector(
            new ScriptedType("thing")
            {
                Resources = (_, _) => Pages.Of([.. Enumerable.Range(0, 10_001).Select(i => Make.Resource("thing", $"{i}"))]),
                Entitlements = (thing, _) => Pages.Of(Make.Entitlement(thing, "use")),
            },
            new ScriptedType("other")
            {
                Resources = (_, _) => Pages.Of(Make.Resource("other", "1")),
                Entitlements = (thing, _) => Pages.Of(Make.Entitlement(thing, "use")),
            });

        var summary = await _rig.RunAsync(connector);

        Assert.Equal(10_002, summary.Stats.Entitlements);
        Assert.Equal(10_002, connector.Calls.Count(call => call.StartsWith("entitlements", StringComparison.Ordinal)));
    }

    private sealed class Unlisted(ResourceType type) : IResourceSyncer
    {
        public ResourceType Type => type;

        public IAsyncEnumerable<Page<Resource>> ListResourcesAsync(ResourceId? parent, PageRequest request, CancellationToken cancellationToken)
            => Pages.Of(Make.Resource(type.Id, "1"));
    }

    private sealed class UnlistedConnector(Unlisted type) : IConnector
    {
        public ConnectorMetadata Metadata { get; } = new();

        public IReadOnlyList<IResourceSyncer> Syncers => [type];

        public Task ValidateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
