using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Merging;
using Baton.C1z.Pebble.Store.Tables;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store.Merging;

public sealed class TableRunsTests
{
    [Fact]
    public void Of_AnyTables_AsManyRunsAsOverlapAndNoneOverlapsInARun()
        => Gen.Select(Gen.Byte[0, 200], Gen.Byte[1, 40]).Array[0, 40].Sample(
            tables =>
            {
                var runs = TableRuns.Of(tables.Select((table, i) => Table((ulong)i, table.Item1, (byte)(table.Item1 + table.Item2))));
                var deepest = Enumerable.Range(0, 256).Max(key => tables.Count(table => table.Item1 <= key && key < table.Item1 + table.Item2));
                return runs.Count == deepest
                    && runs.Sum(run => run.Count) == tables.Length
                    && runs.TrueForAll(run => run.Zip(run.Skip(1)).All(pair => pair.First.Keys.Before.Span[0] <= pair.Second.Keys.From.Span[0]));
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void Of_ThousandsThatOverlap_IsRefused()
        => Assert.Equal(
            C1zError.TooLarge,
            Assert.Throws<C1zException>(() => TableRuns.Of(Enumerable.Range(0, 5000).Select(i => Table((ulong)i, 1, 2)))).Error);

    private static ManifestTable Table(ulong number, byte from, byte before)
        => new(number, number, 0, new KeyRange(new[] { from }, new[] { before }), null);
}
