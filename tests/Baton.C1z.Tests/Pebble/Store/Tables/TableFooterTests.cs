using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Tables;
using System.Buffers.Binary;

namespace Baton.C1z.Tests.Pebble.Store.Tables;

public sealed class TableFooterTests
{
    private static byte[] Good => File.ReadAllBytes(Path.Combine(StoreHistory.Folder("levels"), "000012.sst"))[^TableFooter.MaxLength..];

    [Theory]
    [InlineData("rows", 2)]
    [InlineData("rows-deleted-sized", 4)]
    [InlineData("first-columns", 5)]
    [InlineData("column-metaindex", 6)]
    [InlineData("levels", 7)]
    public void Parse_EachVersion_IsKnown(string name, uint version)
    {
        using var file = new TableFile(Directory.GetFiles(StoreHistory.Folder(name), "*.sst")[0]);

        Assert.Equal(version, file.ReadFooter().Format.Version);
    }

    [Fact]
    public void Parse_NewerVersion_IsRefusedAsSuch()
    {
        var footer = Good;
        footer[^12] = 8;

        Assert.Equal(C1zError.UnsupportedVersion, Assert.Throws<C1zException>(() => TableFooter.Parse(footer)).Error);
    }

    [Fact]
    public void Parse_AnyByteIsAnother_IsRefused()
    {
        for (var i = 0; i < TableFooter.MaxLength; i++)
        {
            var footer = Good;
            footer[i] ^= 0x20;

            Assert.True(Assert.ThrowsAny<Exception>(() => TableFooter.Parse(footer)) is InvalidDataException or C1zException);
        }
    }

    [Fact]
    public void Parse_TableKeepsValuesElsewhere_IsRefused()
    {
        var footer = Good;
        footer[41] |= 1 << 6;
        BinaryPrimitives.WriteUInt32LittleEndian(footer.AsSpan(45), Checksum.Of(footer.AsSpan(0, 45), footer.AsSpan(49)));

        Assert.Equal(C1zError.UnsupportedVersion, Assert.Throws<C1zException>(() => TableFooter.Parse(footer)).Error);
    }

    [Fact]
    public void Parse_TooShort_IsRefused()
    {
        for (var length = 0; length < TableFooter.MaxLength; length++)
        {
            Assert.Throws<InvalidDataException>(() => TableFooter.Parse(Good.AsSpan(^length..)));
        }
    }
}
