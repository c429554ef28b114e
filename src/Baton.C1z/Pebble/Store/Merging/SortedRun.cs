using Baton.C1z.Pebble.Store.Blocks;
using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Pebble.Store.Merging;

/// <summary>Tables that do not overlap, one after another. One of them is open at a time.</summary>
internal sealed class SortedRun(string folder, IReadOnlyList<ManifestTable> tables, KeyRange range) : IRecordSource
{
    private int _next;
    private TableCursor? _current;

    public ReadOnlyMemory<byte> Key => _current!.KeyMemory;

    public ulong Trailer => _current!.Trailer;

    public ReadOnlyMemory<byte> Value => _current!.Value;

    public bool IsElsewhere => _current!.IsElsewhere;

    public bool MoveNext(Queue<RangeDeletion> deletions)
    {
        while (_current is null || !_current.MoveNext())
        {
            _current?.Dispose();
            _current = null;
            if (_next == tables.Count)
            {
                return false;
            }

            _current = TableCursor.Open(folder, tables[_next++], range);
            foreach (var deletion in _current.RangeDeletions())
            {
                deletions.Enqueue(deletion);
            }
        }

        return true;
    }

    public void Dispose() => _current?.Dispose();
}
