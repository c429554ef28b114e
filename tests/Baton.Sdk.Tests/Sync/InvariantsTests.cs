using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Tests.Sync;

public sealed class InvariantsTests
{
    private static readonly Resource App = Make.Resource("app", "1");

    [Fact]
    public void CheckExclusionGroups_GoodGroups_Pass()
    {
        Invariants.CheckExclusionGroups(
        [
            .. Enumerable.Range(0, 50).Select(i => In("g", $"{i}", isDefault: i == 7)),
            In("h", "x", isDefault: true),
            Make.Entitlement(App, "free"),
        ]);
    }

    [Fact]
    public void CheckExclusionGroups_TwoTypes_Fails()
        => Fails("exclusion group \"g\" is used on multiple resource types (\"app\" and \"role\")", In("g", "a"), In("g", "b", on: Make.Resource("role", "1")));

    [Fact]
    public void CheckExclusionGroups_TwoDefaults_Fails()
        => Fails(
            "exclusion group \"g\" has multiple default entitlements (\"app:1:a\" and \"app:1:b\")",
            In("g", "a", isDefault: true),
            In("g", "b", isDefault: true));

    [Fact]
    public void CheckExclusionGroups_FiftyOne_Fails()
        => Fails("exclusion group \"g\" has too many entitlements (51); at most 50 are allowed", [.. Enumerable.Range(0, 51).Select(i => In("g", $"{i}"))]);

    [Fact]
    public void CheckExclusionGroups_DamagedAnnotation_Fails()
    {
        var entitlement = Make.Entitlement(App, "a");
        entitlement.Annotations.Add(new Any { TypeUrl = Annotations.Of(new EntitlementExclusionGroup()).TypeUrl, Value = ByteString.CopyFrom(0xFF) });

        Fails("the exclusion group of app:1:a cannot be decoded", entitlement);
    }

    private static Entitlement In(string group, string slug, bool isDefault = false, Resource? on = null)
        => Make.Entitlement(on ?? App, slug, new EntitlementExclusionGroup { ExclusionGroupId = group, IsDefault = isDefault });

    private static void Fails(string text, params Entitlement[] entitlements)
        => Assert.Equal($"ingest invariant I5 violated: {text}", Assert.Throws<SyncException>(() => Invariants.CheckExclusionGroups(entitlements)).Message);
}
