using Baton.C1z.Syncs;
using CsCheck;

namespace Baton.C1z.Tests.Syncs;

public sealed class SyncIdTests
{
    [Theory]
    [InlineData("1791c9c69f7c1297660b418fe3ca6f6342fbad87", "3MVKYYW1U74I73p8mknOwhVO8P9")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffff", "aWgEPTl1tmebfsQzFP4bxwgy80V")]
    [InlineData("0000000000000000000000000000000000000000", "000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000000003d", "00000000000000000000000000z")]
    [InlineData("000000000000000000000000000000000000003e", "000000000000000000000000010")]
    public void Encode_Bytes_AreTheVectorsOfTheFormat(string bytes, string text)
        => Assert.Equal(text, SyncId.Encode(Convert.FromHexString(bytes)));

    [Fact]
    public void Encode_LargerNumber_SortsLater()
        => Gen.Select(Gen.Byte.Array[20], Gen.Byte.Array[20]).Sample((one, other) =>
            Math.Sign(one.AsSpan().SequenceCompareTo(other)) == Math.Sign(string.CompareOrdinal(SyncId.Encode(one), SyncId.Encode(other))));

    [Fact]
    public void New_Time_IsItsFirstFourBytes()
    {
        // The seconds of the first vector, in the highest and the lowest id that they allow.
        var id = SyncId.New(new DateTimeOffset(2026, 11, 23, 10, 39, 2, TimeSpan.Zero));

        Assert.Matches("^[0-9A-Za-z]{27}$", id);
        Assert.InRange(
            id,
            SyncId.Encode(Convert.FromHexString("1791c9c600000000000000000000000000000000")),
            SyncId.Encode(Convert.FromHexString("1791c9c6ffffffffffffffffffffffffffffffff")));
        Assert.Equal(id, SyncId.New(new DateTimeOffset(2026, 11, 23, 16, 9, 2, TimeSpan.FromMinutes(330)))[..5] + id[5..]);
    }

    [Fact]
    public void New_Twice_Differs()
    {
        var now = new DateTimeOffset(2026, 11, 23, 10, 39, 2, TimeSpan.Zero);

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => SyncId.New(now)).Distinct(StringComparer.Ordinal).Count());
    }
}
