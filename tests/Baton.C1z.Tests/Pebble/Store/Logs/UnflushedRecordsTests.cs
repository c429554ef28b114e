using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Logs;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store.Logs;

public sealed class UnflushedRecordsTests
{
    [Fact]
    public void Deletions_AnyRanges_CoverEachKeyByTheNewest()
        => Gen.Select(Gen.Byte, Gen.Byte, Gen.ULong[1, 100]).Array[0, 20].Sample(
            ranges =>
            {
                var records = new UnflushedRecords();
                foreach (var (from, before, sequence) in ranges)
                {
                    records.Delete(new KeyRange(new[] { from }, new[] { before }), sequence);
                }

                records.Sort();

                for (var key = 0; key < 256; key++)
                {
                    var expected = ranges.Where(range => range.Item1 <= key && key < range.Item2).Select(range => range.Item3).DefaultIfEmpty().Max();
                    var covering = records.Deletions
                        .Where(deletion => deletion.Range.From.Span[0] <= key && key < deletion.Range.Before.Span[0])
                        .ToList();
                    if (covering.Count > 1 || covering.Select(deletion => deletion.Sequence).DefaultIfEmpty().Max() != expected)
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void Records_Sorted_AreByKeyAndTheNewestFirst()
    {
        var records = new UnflushedRecords();
        foreach (var (key, sequence) in new (byte, ulong)[] { (2, 1), (1, 2), (2, 3), (1, 4) })
        {
            records.Add(new UnflushedRecord(new[] { key }, InternalKey.Trailer(sequence, RecordKind.Set), default));
        }

        records.Sort();

        Assert.Equal(
            [(1, 4UL), (1, 2UL), (2, 3UL), (2, 1UL)],
            records.Records.Select(record => ((int)record.Key.Span[0], InternalKey.Sequence(record.Trailer))));
        Assert.Equal(2, records.FirstFrom([2]));
        Assert.Equal(4, records.FirstFrom([3]));
    }
}
