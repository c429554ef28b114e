using System.Text;
using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Tests.Pebble.Store.Blocks;

public sealed class RowDataBlockTests
{
    private static byte[] Set => [1, 7, 0, 0, 0, 0, 0, 0];

    [Fact]
    public void MoveNext_KeysShareTheirBeginning_GivesWholeKeys()
    {
        // "key1" = "x", then "key2" (keeps 3 of it) deleted.
        byte[] bytes =
        [
            0, 12, 2, .. "key1"u8, .. Set, 0, (byte)'x',
            3, 9, 0, (byte)'2', 0, 8, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 1, 0, 0, 0,
        ];
        var records = new RowDataBlock(valuesAreMarked: true);
        records.Load(StoredBlocks.Buffer(bytes));

        Assert.True(records.MoveNext());
        Assert.Equal("key1", Encoding.ASCII.GetString(records.Key));
        Assert.Equal("x", Encoding.ASCII.GetString(records.Value.Span));
        Assert.Equal((7UL, RecordKind.Set), (InternalKey.Sequence(records.Trailer), InternalKey.Kind(records.Trailer)));

        Assert.True(records.MoveNext());
        Assert.Equal("key2", Encoding.ASCII.GetString(records.Key));
        Assert.Equal((8UL, RecordKind.Delete), (InternalKey.Sequence(records.Trailer), InternalKey.Kind(records.Trailer)));
        Assert.False(records.MoveNext());
    }

    [Theory]
    [InlineData(0x00, false)]
    [InlineData(0x20, false)]
    [InlineData(0x80, true)]
    [InlineData(0x40, true)]
    public void IsElsewhere_MarkOfTheValue_SaysIt(byte mark, bool isElsewhere)
    {
        byte[] bytes = [0, 9, 1, (byte)'k', .. Set, mark, 0, 0, 0, 0, 1, 0, 0, 0];
        var records = new RowDataBlock(valuesAreMarked: true);
        records.Load(StoredBlocks.Buffer(bytes));

        Assert.True(records.MoveNext());

        Assert.Equal(isElsewhere, records.IsElsewhere);
    }

    [Fact]
    public void MoveNext_KeepsMoreThanThereIs_IsRefused()
    {
        byte[] bytes = [1, 9, 0, (byte)'k', .. Set, 0, 0, 0, 0, 1, 0, 0, 0];
        var records = new RowDataBlock(valuesAreMarked: false);
        records.Load(StoredBlocks.Buffer(bytes));

        Assert.Throws<InvalidDataException>(() => records.MoveNext());
    }

    [Fact]
    public void MoveNext_ManyLongKeysOfAFewBytesEach_IsRefusedBeforeItTakesForEver()
    {
        var long1 = new byte[60_000];
        byte[] entries = [0, 0xe8, 0xd4, 0x03, 0, .. long1, .. Set, .. Enumerable.Repeat(new byte[] { 0xe8, 0xd4, 0x03, 0, 0 }, 10_000).SelectMany(entry => entry)];
        var records = new RowDataBlock(valuesAreMarked: false);
        records.Load(StoredBlocks.Buffer([.. entries, 0, 0, 0, 0, 1, 0, 0, 0]));

        Assert.Equal(C1zError.TooLarge, Assert.Throws<C1zException>(() =>
        {
            while (records.MoveNext())
            {
            }
        }).Error);
    }
}
