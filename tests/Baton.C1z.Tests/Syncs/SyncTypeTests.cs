using Baton.C1z.Syncs;

namespace Baton.C1z.Tests.Syncs;

public sealed class SyncTypeTests
{
    [Theory]
    [InlineData(SyncType.Full, "full")]
    [InlineData(SyncType.Partial, "partial")]
    [InlineData(SyncType.ResourcesOnly, "resources_only")]
    [InlineData(SyncType.PartialUpserts, "partial_upserts")]
    [InlineData(SyncType.PartialDeletions, "partial_deletions")]
    public void Name_Type_IsThatOfTheFile(SyncType type, string name)
    {
        Assert.Equal(name, type.Name());
        Assert.Equal(type, SyncTypes.Parse(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("FULL")]
    [InlineData("later")]
    public void Parse_AnotherName_IsUnknown(string name) => Assert.Equal(SyncType.Unknown, SyncTypes.Parse(name));

    [Fact]
    public void Name_Unknown_HasNone() => Assert.Throws<ArgumentOutOfRangeException>(() => SyncType.Unknown.Name());
}
