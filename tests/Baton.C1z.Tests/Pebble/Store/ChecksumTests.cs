using Baton.C1z.Pebble.Store;

namespace Baton.C1z.Tests.Pebble.Store;

public sealed class ChecksumTests
{
    // CRC-32C of "123456789" is e3069283; rotated by 15 and displaced by a282ead8 that makes this.
    [Fact]
    public void Of_TheUsualExample_IsMasked()
    {
        const uint Crc = 0xe3069283;

        Assert.Equal(unchecked(((Crc >> 15) | (Crc << 17)) + 0xa282ead8), Checksum.Of("123456789"u8));
    }

    [Fact]
    public void Of_TwoPieces_IsThatOfTheWhole()
    {
        var whole = "a longer text whose pieces do not end at words"u8;

        for (var i = 0; i <= whole.Length; i++)
        {
            Assert.Equal(Checksum.Of(whole), Checksum.Of(whole[..i], whole[i..]));
        }
    }
}
