using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.Protocol.Connector.V2;

namespace Baton.C1z.Tests.Syncs;

public sealed class SyncStatsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly C1zFile _file;

    public SyncStatsTests() => _file = _folder.OpenWrite("out.c1z");

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Count_ResourcesOnly_LeavesAccessOut()
    {
        var writer = _file.BeginSync(SyncType.ResourcesOnly);
        Samples.PutAll(writer);

        var stats = writer.Reader.Stats();

        Assert.Equal((2, 3, 0, 0), (stats.ResourceTypes, stats.Resources, stats.Entitlements, stats.Grants));
        Assert.Empty(stats.GrantsByType);
        Assert.Empty(stats.EntitlementsByType);
    }

    [Fact]
    public void Count_OtherSyncs_AreNotCounted()
    {
        Samples.PutAll(_file.BeginSync(SyncType.Full));

        Assert.Equal("{}", _file.BeginSync(SyncType.Full).Reader.Stats().ToJson());
    }

    [Fact]
    public void ToJson_ZerosAndEmptyMaps_AreLeftOut()
    {
        var writer = _file.BeginSync(SyncType.Full);
        writer.Put([new ResourceType { Id = "user" }]);

        Assert.Equal("""{"resource_types":1,"resources_by_resource_type":{"user":0}}""", writer.Reader.Stats().ToJson());
    }

    [Fact]
    public void ToJson_EveryField_HasTheNameOfTheProtocol()
    {
        var stats = new SyncStats
        {
            ResourceTypes = 1,
            Resources = 2,
            Entitlements = 3,
            Grants = 4,
            Assets = 5,
            ResourcesByType = new Dictionary<string, long>(StringComparer.Ordinal) { ["a"] = 0 },
            EntitlementsByType = new Dictionary<string, long>(StringComparer.Ordinal) { ["b"] = 6 },
            GrantsByType = new Dictionary<string, long>(StringComparer.Ordinal) { ["c"] = 7 },
        };

        Assert.Equal(
            """{"resource_types":1,"resources":2,"entitlements":3,"grants":4,"assets":5,"resources_by_resource_type":{"a":0}"""
                + ""","grants_by_resource_type":{"c":7},"entitlements_by_resource_type":{"b":6}}""",
            stats.ToJson());
    }
}
