using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Logs;
using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Tests.Pebble.Store.Tables;

public sealed class TableCursorTests
{
    private static readonly KeyRange Everything = new(ReadOnlyMemory<byte>.Empty, new byte[] { 0xff });

    // That such a store is read shows only then that what is elsewhere can be left there.
    [Fact]
    public void MoveNext_SnapshotKeptVersions_OnlyOldOnesAreElsewhere()
    {
        const string Name = "snapshots";
        var elsewhere = 0;
        foreach (var table in Manifest.Load(StoreHistory.Folder(Name), "MANIFEST-000001").Tables)
        {
            using var cursor = TableCursor.Open(StoreHistory.Folder(Name), table, Everything);
            byte[] last = [];
            while (cursor.MoveNext())
            {
                Assert.True(!cursor.IsElsewhere || cursor.Key.SequenceEqual(last));
                elsewhere += cursor.IsElsewhere ? 1 : 0;
                last = cursor.Key.ToArray();
            }
        }

        Assert.True(elsewhere > 0);
    }

    [Fact]
    public void MoveNext_TableWasAddedAsAWhole_ItsRecordsHaveTheNumberOfThat()
    {
        var table = Assert.Single(
            Manifest.Load(StoreHistory.Folder("excised"), "MANIFEST-000001").Tables,
            table => !table.IsPart && table.Keys.From.Span.SequenceEqual("key/00060"u8));
        using var cursor = TableCursor.Open(StoreHistory.Folder("excised"), table, Everything);

        Assert.True(cursor.MoveNext());

        Assert.True(table.Sequence > 300);
        Assert.Equal(table.Sequence, InternalKey.Sequence(cursor.Trailer));
    }

    [Fact]
    public void Open_TwoLevelIndex_HasIt()
    {
        foreach (var (name, hasTwoLevels) in new[] { ("two-level-index", true), ("rows-deleted-sized", true), ("levels", false), ("first-columns", false) })
        {
            var largest = new DirectoryInfo(StoreHistory.Folder(name)).GetFiles("*.sst").MaxBy(file => file.Length)!;
            using var reader = TableReader.Open(largest.FullName);

            Assert.Equal(hasTwoLevels, reader.HasTwoLevels);
        }
    }
}
