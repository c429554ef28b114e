using System.Buffers.Binary;
using System.Text;
using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Tests.Pebble.Store.Blocks;

/// <summary>Columns of each kind, from bytes that are written out.</summary>
public sealed class ColumnBlockTests
{
    [Theory]
    [InlineData("00", new ulong[] { 0, 0, 0 })]
    [InlineData("80 0700000000000000", new ulong[] { 7, 7, 7 })]
    [InlineData("01 050607", new ulong[] { 5, 6, 7 })]
    [InlineData("02 00 0102 0304 0506", new ulong[] { 0x0201, 0x0403, 0x0605 })]
    [InlineData("82 0001000000000000 00 0100 0200 0300", new ulong[] { 0x101, 0x102, 0x103 })]
    [InlineData("04 000000 01000000 00000100 ffffffff", new ulong[] { 1, 0x10000, 0xffffffff })]
    [InlineData("08 00000000000000 0100000000000000 ffffffffffffffff 0200000000000080", new ulong[] { 1, ulong.MaxValue, 0x8000000000000002 })]
    public void UintColumn_EachWidth_GivesTheNumbers(string hex, ulong[] numbers)
    {
        var data = Hex(hex);

        var column = new UintColumn(data, 0, data.Length, numbers.Length);

        Assert.Equal(numbers, Enumerable.Range(0, numbers.Length).Select(i => column[i]));
        Assert.Equal(data.Length, column.End);
    }

    [Theory]
    [InlineData("")]
    [InlineData("03 010203")]
    [InlineData("01 0506")]
    [InlineData("80 07000000")]
    [InlineData("08 00000000000000 0100000000000000")]
    public void UintColumn_TooShortOrUnknown_IsRefused(string hex)
    {
        var data = Hex(hex);

        Assert.Throws<InvalidDataException>(() => new UintColumn(data, 0, data.Length, 3));
    }

    [Fact]
    public void BytesColumn_Offsets_CutTheBytes()
    {
        var data = Hex("01 00 02 02 05 6162 636465");

        var column = new BytesColumn(data, 0, data.Length, 3);

        Assert.Equal(["ab", "", "cde"], new[] { Ascii(column[0]), Ascii(column[1]), Ascii(column[2]) });
    }

    [Theory]
    [InlineData("01 00 02 02 06 6162 636465", 2)]
    [InlineData("01 00 02 01 05 6162 636465", 1)]
    public void BytesColumn_OffsetLeadsAway_IsRefusedWhereItIsUsed(string hex, int index)
    {
        var data = Hex(hex);
        var column = new BytesColumn(data, 0, data.Length, 3);

        Assert.Equal("ab", Ascii(column[0]));
        Assert.Throws<InvalidDataException>(() => column.At(index));
    }

    [Fact]
    public void BitColumn_AllClear_TakesOneByte()
        => Assert.False(new BitColumn([1], 0, 1, 1000)[999]);

    [Fact]
    public void BitColumn_Words_BeginAtEight()
    {
        byte[] data = [0, 9, 9, 9, 9, 9, 9, 9, 0b101, 0, 0, 0, 0, 0, 0, 0x80, 1, 0, 0, 0, 0, 0, 0, 0];

        var column = new BitColumn(data, 0, data.Length, 65);

        Assert.Equal([0, 2, 63, 64], Enumerable.Range(0, 65).Where(i => column[i]));
        Assert.Throws<InvalidDataException>(() => new BitColumn(data, 0, data.Length - 1, 65));
        Assert.Throws<InvalidDataException>(() => new BitColumn([2], 0, 1, 1));
    }

    [Fact]
    public void PrefixColumn_TwoBundles_ShareWhatTheyShare()
    {
        // Bundles of two: [aab aac] [abb abb]. Pieces: a | a b c | bb "" "".
        byte[] data = [1, 1, 1, 2, 3, 4, 6, 6, 6, .. "aabcbb"u8];

        var column = new PrefixColumn(data, 0, data.Length, 4);

        Assert.Equal("a", Piece(data, column.Shared()));
        Assert.Equal("a,a,bb,bb", string.Join(',', Enumerable.Range(0, 4).Select(row => Piece(data, column.OfBundle(row)))));
        Assert.Equal("b,c,,", string.Join(',', Enumerable.Range(0, 4).Select(row => Piece(data, column.Rest(row)))));
        Assert.Equal([true, false, true, false], Enumerable.Range(0, 4).Select(column.IsFirstOfBundle));
    }

    [Fact]
    public void ColumnBlock_Header_LeadsToTheColumns()
    {
        var block = StoredBlocks.Buffer(TwoColumns(rows: 3));

        var columns = new ColumnBlock(block, 0, 2);

        Assert.Equal(3, columns.Rows);
        Assert.Equal(6UL, columns.Uints(0)[1]);
        Assert.Equal("cde", Ascii(columns.Bytes(1)[2]));
        Assert.Throws<InvalidDataException>(() => columns.Bytes(0));
    }

    [Fact]
    public void ColumnBlock_MoreRowsThanBytes_IsRefused()
    {
        // Numbers that are all the same take no room, so nothing else bounds how many there are.
        Assert.Throws<InvalidDataException>(() => new ColumnBlock(StoredBlocks.Buffer(TwoColumns(rows: uint.MaxValue)), 0, 2));
        Assert.Throws<InvalidDataException>(() => new ColumnBlock(StoredBlocks.Buffer(TwoColumns(rows: 1000)), 0, 2));
    }

    private static byte[] TwoColumns(uint rows)
    {
        byte[] block = [1, 2, 0, 0, 0, 0, 0, 2, 17, 0, 0, 0, 3, 21, 0, 0, 0, 1, 5, 6, 7, 1, 0, 2, 2, 5, .. "abcde"u8, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(3), rows);
        return block;
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Piece(byte[] data, (int Start, int Length) piece) => Ascii(data.AsSpan(piece.Start, piece.Length));

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
