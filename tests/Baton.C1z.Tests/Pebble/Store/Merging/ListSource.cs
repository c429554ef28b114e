using Baton.C1z.Pebble.Store;
using Baton.C1z.Pebble.Store.Blocks;
using Baton.C1z.Pebble.Store.Merging;

namespace Baton.C1z.Tests.Pebble.Store.Merging;

/// <summary>A source of given records, in the order in which they are given.</summary>
internal sealed class ListSource(IReadOnlyList<(string Key, ulong Sequence, RecordKind Kind)> records, params RangeDeletion[] deletions) : IRecordSource
{
    private int _index = -1;

    public bool IsDisposed { get; private set; }

    public ReadOnlyMemory<byte> Key => StoreHistory.Bytes(records[_index].Key);

    public ulong Trailer => InternalKey.Trailer(records[_index].Sequence, records[_index].Kind);

    public ReadOnlyMemory<byte> Value => StoreHistory.Bytes(records[_index].Sequence.ToString());

    public bool IsElsewhere { get; init; }

    public bool MoveNext(Queue<RangeDeletion> ahead)
    {
        if (_index < 0)
        {
            foreach (var deletion in deletions)
            {
                ahead.Enqueue(deletion);
            }
        }

        return ++_index < records.Count;
    }

    public void Dispose() => IsDisposed = true;
}
