using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;

namespace Baton.Sdk.Tests.Sync.Phases;

/// <summary>Which marks on a type or a resource keep its entitlements or grants from being listed.</summary>
public sealed class SkipAnnotationTests : IDisposable
{
    private readonly SyncRig _rig = new();

    public static TheoryData<string, string, bool, bool> Marks() => new()
    {
        { "", "", true, true },
        { nameof(SkipEntitlementsAndGrants), "", false, false },
        { "", nameof(SkipEntitlementsAndGrants), false, false },
        { nameof(SkipEntitlements), "", false, true },
        { "", nameof(SkipEntitlements), false, true },
        { nameof(SkipGrants), "", true, true },
        { "", nameof(SkipGrants), true, false },
        { nameof(SkipEntitlements), nameof(SkipGrants), false, false },
    };

    public void Dispose() => _rig.Dispose();

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task Marks_OnTypeOrResource_SkipWhatTheySay(string onType, string onResource, bool entitlements, bool grants)
    {
        var connector = Apps(onType, onResource);

        await _rig.RunAsync(connector);

        AssertListed(connector, entitlements, grants);
        Assert.True(connector.WasAskedFor("resources app"));

        // The resource beside it, which has no mark, shares only those of the type.
        Assert.Equal(onType is "" or nameof(SkipGrants), connector.WasAskedFor("entitlements app:2"));
        Assert.Equal(onType != nameof(SkipEntitlementsAndGrants), connector.WasAskedFor("grants app:2"));
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task Marks_InATargetedSync_SkipTheSame(string onType, string onResource, bool entitlements, bool grants)
    {
        _rig.Options = _rig.Options with { Targets = [new(Ids.Resource("app", "1"), Parent: null)] };
        var connector = Apps(onType, onResource);

        await _rig.RunAsync(connector);

        AssertListed(connector, entitlements, grants);
    }

    [Fact]
    public async Task Marks_StaticEntitlements_AreMadeAllTheSame()
    {
        var type = new ScriptedStaticType("app")
        {
            Resources = (_, _) => Pages.Of(Make.Resource("app", "1", new SkipEntitlementsAndGrants())),
            Templates = _ => Pages.Of(new Entitlement { Slug = "use" }),
        };
        type.Type.Annotations.Add(Annotations.Of(new SkipEntitlementsAndGrants()));

        await _rig.RunAsync(new ScriptedConnector(type));

        Assert.Equal(["app:1:use"], _rig.Entitlements());
    }

    private static void AssertListed(ScriptedConnector connector, bool entitlements, bool grants)
    {
        Assert.Equal(entitlements, connector.WasAskedFor("entitlements app:1"));
        Assert.Equal(grants, connector.WasAskedFor("grants app:1"));
    }

    private static ScriptedConnector Apps(string onType, string onResource)
    {
        var app = Make.Resource("app", "1", Mark(onResource));
        var type = new ScriptedReadableType("app") { Resources = (_, _) => Pages.Of(app, Make.Resource("app", "2")), Get = _ => app };
        type.Type.Annotations.Add(Mark(onType).Select(Annotations.Of));
        return new(type);
    }

    private static IMessage[] Mark(string name) => name switch
    {
        "" => [],
        nameof(SkipEntitlements) => [new SkipEntitlements()],
        nameof(SkipGrants) => [new SkipGrants()],
        _ => [new SkipEntitlementsAndGrants()],
    };
}
