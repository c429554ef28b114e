using System.Text;
using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Blocks;
using Baton.C1z.Pebble.Store.Merging;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store.Merging;

public sealed class MergedRecordsTests
{
    [Fact]
    public void Live_VersionsInSeveralSources_TheNewestCounts()
        => Assert.Equal("a=5 c=2", Live(
            new ListSource([("a", 3, RecordKind.Set), ("b", 9, RecordKind.Delete), ("c", 2, RecordKind.SetWithDelete)]),
            new ListSource([("a", 5, RecordKind.Set), ("a", 4, RecordKind.Delete), ("b", 8, RecordKind.Set)])));

    [Theory]
    [InlineData((byte)RecordKind.Delete)]
    [InlineData((byte)RecordKind.SingleDelete)]
    [InlineData((byte)RecordKind.DeleteSized)]
    public void Live_NewestIsADeletion_IsLeftOut(byte kind)
        => Assert.Equal("", Live(new ListSource([("a", 3, (RecordKind)kind)]), new ListSource([("a", 2, RecordKind.Set)])));

    [Fact]
    public void Live_RangeWasDeleted_OnlyWhatIsOlderIsGone()
        => Assert.Equal("a=1 c=6 d=5 e=1", Live(
            new ListSource([], Deletion("b", "e", 5)),
            new ListSource([("a", 1, RecordKind.Set), ("b", 4, RecordKind.Set), ("c", 6, RecordKind.Set), ("d", 5, RecordKind.Set), ("e", 1, RecordKind.Set)])));

    [Fact]
    public void Live_AnyWrites_AreWhatIsLeftInTheEnd()
        => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 5]).Array[0, 60].Sample(
            writes =>
            {
                var expected = new SortedDictionary<string, ulong>(StringComparer.Ordinal);
                var records = Enumerable.Range(0, 4).Select(_ => new List<(string Key, ulong Sequence, RecordKind Kind)>()).ToList();
                var deletions = new List<RangeDeletion>();
                for (var i = 0; i < writes.Length; i++)
                {
                    var (source, key, other, what) = writes[i];
                    var sequence = (ulong)i + 1;
                    if (what == 0 && key < other)
                    {
                        deletions.Add(Deletion($"{key}", $"{other}", sequence));
                        foreach (var gone in expected.Keys.Where(had => had[0] - '0' >= key && had[0] - '0' < other).ToList())
                        {
                            expected.Remove(gone);
                        }
                    }
                    else if (what == 1)
                    {
                        records[source].Add(($"{key}", sequence, RecordKind.Delete));
                        expected.Remove($"{key}");
                    }
                    else
                    {
                        records[source].Add(($"{key}", sequence, RecordKind.Set));
                        expected[$"{key}"] = sequence;
                    }
                }

                IRecordSource[] sources =
                [
                    .. records.Select(list => new ListSource([.. list.OrderBy(record => record.Key, StringComparer.Ordinal).ThenByDescending(record => record.Sequence)])),
                    .. deletions.Select(deletion => new ListSource([], deletion)),
                ];
                return Live(sources) == string.Join(' ', expected.Select(record => $"{record.Key}={record.Value}"));
            },
            iter: 1000,
            threads: 1);

    [Fact]
    public void Live_SourceIsNotInOrder_IsRefused()
        => Assert.Equal(C1zError.Corrupt, Refusal(new ListSource([("b", 1, RecordKind.Set), ("a", 1, RecordKind.Set)])));

    [Fact]
    public void Live_ValueToBeMergedOrElsewhere_IsRefusedIfItCounts()
    {
        Assert.Equal(C1zError.UnsupportedVersion, Refusal(new ListSource([("a", 1, RecordKind.Merge)])));
        Assert.Equal(C1zError.UnsupportedVersion, Refusal(new ListSource([("a", 1, RecordKind.Set)]) { IsElsewhere = true }));
        Assert.Equal(C1zError.Corrupt, Refusal(new ListSource([("a", 1, RecordKind.DeleteRange)])));
        Assert.Equal("a=2", Live(new ListSource([("a", 2, RecordKind.Set)]), new ListSource([("a", 1, RecordKind.Merge)]) { IsElsewhere = true }));
    }

    [Fact]
    public void Dispose_InTheMidst_DisposesEverySource()
    {
        var source = new ListSource([("a", 1, RecordKind.Set), ("b", 1, RecordKind.Set)]);

        using (var merged = new MergedRecords([source]))
        {
            Assert.True(merged.Live().Any());
        }

        Assert.True(source.IsDisposed);
    }

    private static RangeDeletion Deletion(string from, string before, ulong sequence)
        => new(new KeyRange(StoreHistory.Bytes(from), StoreHistory.Bytes(before)), sequence);

    private static C1zError Refusal(params IRecordSource[] sources) => Assert.Throws<C1zException>(() => Live(sources)).Error;

    private static string Live(params IRecordSource[] sources)
    {
        using var merged = new MergedRecords(sources);
        return string.Join(' ', merged.Live().Select(record => $"{Encoding.ASCII.GetString(record.Key.Span)}={Encoding.ASCII.GetString(record.Value.Span)}"));
    }
}
