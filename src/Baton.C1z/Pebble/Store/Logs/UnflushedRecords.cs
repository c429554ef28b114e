using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>What the write-ahead log holds and no table yet. A writer keeps it in memory too, so there is never much.</summary>
internal sealed class UnflushedRecords
{
    private readonly List<UnflushedRecord> _records = [];
    private readonly List<RangeDeletion> _deletions = [];

    public IReadOnlyList<UnflushedRecord> Records => _records;

    /// <summary>Without overlap and in order, once sorted.</summary>
    public IReadOnlyList<RangeDeletion> Deletions { get; private set; } = [];

    public void Add(UnflushedRecord record) => _records.Add(record);

    public void Delete(KeyRange range, ulong sequence)
    {
        if (!range.IsEmpty)
        {
            _deletions.Add(new RangeDeletion(range, sequence));
        }
    }

    public void Sort()
    {
        _records.Sort(UnflushedRecord.Compare);
        Deletions = Fragments();
    }

    /// <summary>The first record whose key is not less than the given one.</summary>
    public int FirstFrom(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, _records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_records[middle].Key.Span.SequenceCompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // Cut at every bound; of those that cover a piece, the newest counts.
    private List<RangeDeletion> Fragments()
    {
        var bounds = _deletions.SelectMany(deletion => new[] { deletion.Range.From, deletion.Range.Before }).ToList();
        bounds.Sort((one, other) => one.Span.SequenceCompareTo(other.Span));
        _deletions.Sort((one, other) => one.Range.From.Span.SequenceCompareTo(other.Range.From.Span));

        var open = new PriorityQueue<RangeDeletion, ulong>(Comparer<ulong>.Create((one, other) => other.CompareTo(one)));
        var fragments = new List<RangeDeletion>();
        var next = 0;
        for (var i = 0; i + 1 < bounds.Count; i++)
        {
            var piece = new KeyRange(bounds[i], bounds[i + 1]);
            if (piece.IsEmpty)
            {
                continue;
            }

            while (next < _deletions.Count && _deletions[next].Range.From.Span.SequenceCompareTo(piece.From.Span) <= 0)
            {
                open.Enqueue(_deletions[next], _deletions[next].Sequence);
                next++;
            }

            while (open.TryPeek(out var newest, out _) && newest.Range.Before.Span.SequenceCompareTo(piece.From.Span) <= 0)
            {
                open.Dequeue();
            }

            if (open.TryPeek(out _, out var sequence))
            {
                fragments.Add(new RangeDeletion(piece, sequence));
            }
        }

        return fragments;
    }
}

/// <summary>A write, and the number and kind of it.</summary>
internal readonly record struct UnflushedRecord(ReadOnlyMemory<byte> Key, ulong Trailer, ReadOnlyMemory<byte> Value)
{
    /// <summary>By key, and of one key the newest first.</summary>
    public static int Compare(UnflushedRecord one, UnflushedRecord other)
        => one.Key.Span.SequenceCompareTo(other.Key.Span) is not 0 and var order ? order : other.Trailer.CompareTo(one.Trailer);
}
