using Baton.C1z.Pebble.Store.Blocks;
using Baton.C1z.Pebble.Store.Logs;

namespace Baton.C1z.Pebble.Store.Merging;

/// <summary>What only the log holds.</summary>
internal sealed class UnflushedSource(UnflushedRecords records, KeyRange range) : IRecordSource
{
    private int _index = records.FirstFrom(range.From.Span) - 1;
    private bool _gaveDeletions;

    public ReadOnlyMemory<byte> Key => records.Records[_index].Key;

    public ulong Trailer => records.Records[_index].Trailer;

    public ReadOnlyMemory<byte> Value => records.Records[_index].Value;

    public bool IsElsewhere => false;

    public bool MoveNext(Queue<RangeDeletion> deletions)
    {
        if (!_gaveDeletions)
        {
            _gaveDeletions = true;
            foreach (var deletion in records.Deletions)
            {
                deletions.Enqueue(deletion);
            }
        }

        return ++_index < records.Records.Count && Key.Span.SequenceCompareTo(range.Before.Span) < 0;
    }

    public void Dispose()
    {
    }
}
