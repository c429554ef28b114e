using Baton.C1z.Container;
using CsCheck;
using ZstdSharp;

namespace Baton.C1z.Tests.Container;

public sealed class ZstdFrameHeaderTests
{
    [Theory]
    [InlineData("28B52FFD 20 07", 7L)]
    [InlineData("28B52FFD 60 0102", 0x0201L + 256)]
    [InlineData("28B52FFD A0 01020304", 0x04030201L)]
    [InlineData("28B52FFD E0 0102030405060708", 0x0807060504030201L)]
    [InlineData("28B52FFD E0 FFFFFFFFFFFFFFFF", long.MaxValue)]
    [InlineData("28B52FFD 40 58 0000", 256L)]
    [InlineData("28B52FFD 83 58 AABBCCDD 05000000", 5L)]
    [InlineData("28B52FFD 21 AA 09", 9L)]
    [InlineData("28B52FFD 22 AABB 09", 9L)]
    public void Parse_HeaderWithASize_GivesIt(string bytes, long size) => Assert.Equal(size, Parse(bytes)?.ContentSize);

    [Fact]
    public void Parse_HeaderWithoutASize_HasNone() => Assert.Equal(new ZstdFrameHeader(null), Parse("28B52FFD 00 58 00"));

    [Theory]
    [InlineData("")]
    [InlineData("28B52FFD 20")]
    [InlineData("28B52FFD E0 01020304050607")]
    [InlineData("502A4D18 03000000")]
    [InlineData("00000000 00000000")]
    public void Parse_NoFrameOrNotAllOfIt_IsNull(string bytes) => Assert.Null(Parse(bytes));

    [Fact]
    public void Parse_FrameOfTheLibrary_SaysItsSize() => Gen.Int[0, 200_000].Sample(
        size =>
        {
            using var zstd = new Compressor();
            Assert.Equal(size, ZstdFrameHeader.Parse(zstd.Wrap(new byte[size]))?.ContentSize);
        },
        iter: 50);

    private static ZstdFrameHeader? Parse(string bytes) => ZstdFrameHeader.Parse(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
}
