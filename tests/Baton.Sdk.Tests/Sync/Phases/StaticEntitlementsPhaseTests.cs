using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Tests.Sync.Phases;

public sealed class StaticEntitlementsPhaseTests : IDisposable
{
    private readonly SyncRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Templates_EveryResource_HasOneOfEach()
    {
        var app = Make.Resource("app", "1");
        app.Description = "an app";
        var template = new Entitlement
        {
            Id = "ignored",
            Slug = "use",
            DisplayName = "Use",
            Description = "may use it",
            Purpose = Entitlement.Types.PurposeValue.Permission,
            GrantableTo = { new ResourceType { Id = "user" } },
            Annotations = { Annotations.Of(new EntitlementImmutable()) },
        };

        await _rig.RunAsync(Apps([app, Make.Resource("app", "2")], template, new Entitlement { Slug = "bare" }));

        Assert.Equal(["app:1:bare", "app:1:use", "app:2:bare", "app:2:use"], _rig.Entitlements().Sorted());
        var made = _rig.Read(reader => reader.FindEntitlement("app:1:use"));
        var expected = template.Clone();
        expected.Id = "app:1:use";
        expected.Resource = app;
        Assert.Equal(expected, made);
        var bare = _rig.Read(reader => reader.FindEntitlement("app:1:bare"));
        Assert.Equal(("app 1", "an app"), (bare?.DisplayName, bare?.Description));
    }

    [Theory]
    [InlineData(true, "license-1", "license-2")]
    [InlineData(false, "license", "license")]
    public async Task Templates_ExclusionGroup_IsScopedToTheResourceIfAsked(bool scoped, string first, string second)
    {
        var group = new EntitlementExclusionGroup { ExclusionGroupId = "license", ScopeToResource = scoped, Order = 3 };
        var template = new Entitlement { Slug = "use", Annotations = { Annotations.Of(group) } };

        await _rig.RunAsync(Apps([Make.Resource("app", "1"), Make.Resource("app", "2")], template));

        var groups = _rig.Read(reader => reader.Entitlements().Select(entitlement => Annotations.Find<EntitlementExclusionGroup>(entitlement.Annotations)).ToList());
        Assert.Equal([first, second], groups.Select(found => found!.ExclusionGroupId).Sorted());
        Assert.All(groups, found => Assert.Equal(3U, found!.Order));
        Assert.Equal("license", group.ExclusionGroupId);
    }

    [Fact]
    public async Task Templates_OfTypesNotSelected_AreListedAndMakeNothing()
    {
        _rig.Options = _rig.Options with { ResourceTypes = ["user"] };
        var connector = Apps([Make.Resource("app", "1")], new Entitlement { Slug = "use" });

        await _rig.RunAsync(connector);

        Assert.True(connector.WasAskedFor("static entitlements app"));
        Assert.Empty(_rig.Entitlements());
    }

    [Fact]
    public async Task Templates_TokenUnchanged_EndTheSync()
    {
        var connector = new ScriptedConnector(new ScriptedStaticType("app")
        {
            Templates = _ => Pages.Each(new Page<Entitlement>([]) { NextToken = "t" }, new Page<Entitlement>([]) { NextToken = "t" }),
        });

        var failure = await _rig.FailsAsync<ConnectorException>(connector);

        Assert.Equal("listing static entitlements failed: next page token unchanged - likely a connector bug", failure.Message);
    }

    private static ScriptedConnector Apps(Resource[] apps, params Entitlement[] templates) => new(
        new ScriptedType("user"),
        new ScriptedStaticType("app") { Resources = (_, _) => Pages.Of(apps), Templates = request => Pages.Numbered(request, templates) });
}
