using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Pebble.Store.Merging;

/// <summary>
/// Puts tables one after another into as few runs as can be. Which level a table is of does not matter for this: of two versions of a key, the
/// number says which is newer.
/// </summary>
internal static class TableRuns
{
    /// <summary>A writer stops at 20 overlapping tables until they are merged.</summary>
    private const int MaxRuns = 512;

    public static List<List<ManifestTable>> Of(IEnumerable<ManifestTable> tables)
    {
        var runs = new List<List<ManifestTable>>();
        var ends = new PriorityQueue<List<ManifestTable>, ReadOnlyMemory<byte>>(
            Comparer<ReadOnlyMemory<byte>>.Create((one, other) => one.Span.SequenceCompareTo(other.Span)));
        foreach (var table in tables.Order(Comparer<ManifestTable>.Create((one, other) => one.Keys.From.Span.SequenceCompareTo(other.Keys.From.Span))))
        {
            if (!ends.TryPeek(out var run, out var end) || end.Span.SequenceCompareTo(table.Keys.From.Span) > 0)
            {
                run = [];
                runs.Add(run);
            }
            else
            {
                ends.Dequeue();
            }

            run.Add(table);
            ends.Enqueue(run, table.Keys.Before);
        }

        return runs.Count <= MaxRuns ? runs : throw StoreFault.TooLarge($"has more than {MaxRuns} tables that overlap");
    }
}
