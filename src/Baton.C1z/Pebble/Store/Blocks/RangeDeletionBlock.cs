namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>Reads the block of a table that says which ranges were deleted. They are cut where they overlap, and in order.</summary>
internal static class RangeDeletionBlock
{
    /// <summary>How many bounds there are.</summary>
    private const int OwnHeaderLength = sizeof(uint);

    private const int Bounds = 0;
    private const int FirstDeletions = 1;
    private const int Trailers = 2;
    private const int ColumnCount = 5;

    /// <summary>
    /// Each bound but the last begins a piece; the deletions of a piece are those from its number on and before that of the next bound.
    /// </summary>
    public static List<RangeDeletion> OfColumns(BlockBuffer block)
    {
        var columns = new ColumnBlock(block, OwnHeaderLength, ColumnCount);
        var count = columns.Count(new ByteReader(block.Span).UInt32());
        var bounds = columns.Bytes(Bounds, count);
        var firsts = columns.Uints(FirstDeletions, count);
        var trailers = columns.Uints(Trailers);

        var deletions = new List<RangeDeletion>();
        for (var i = 0; i + 1 < count; i++)
        {
            var (first, end) = (firsts[i], firsts[i + 1]);
            if (first > end || end > (ulong)columns.Rows)
            {
                throw new InvalidDataException("a range deletion lies outside of its block");
            }

            // Only the newest of several that have the same bounds matters to who reads what is there now.
            ulong newest = 0;
            for (var row = (int)first; row < (int)end; row++)
            {
                newest = Math.Max(newest, trailers[row]);
            }

            if (first < end)
            {
                Add(deletions, bounds[i].ToArray(), bounds[i + 1].ToArray(), newest);
            }
        }

        return deletions;
    }

    /// <summary>The key is where it begins, with the trailer; the value is where it ends.</summary>
    public static List<RangeDeletion> OfRows(BlockBuffer block)
    {
        var entries = new RowEntries(block);
        var deletions = new List<RangeDeletion>();
        var key = new RowKey();
        while (entries.MoveNext())
        {
            key.Become(entries, block);
            var start = InternalKey.Split(key.Encoded, out var trailer);
            Add(deletions, start.ToArray(), block.Span.Slice(entries.Value.Start, entries.Value.Length).ToArray(), trailer);
        }

        return deletions;
    }

    private static void Add(List<RangeDeletion> deletions, byte[] start, byte[] end, ulong trailer)
    {
        var deletion = new RangeDeletion(new KeyRange(start, end), InternalKey.Sequence(trailer));
        if (InternalKey.Kind(trailer) is not RecordKind.DeleteRange || deletion.Range.IsEmpty)
        {
            throw new InvalidDataException("a range deletion is none");
        }

        if (deletions.Count > 0)
        {
            var last = deletions[^1];
            if (last.Range.From.Span.SequenceEqual(start) && last.Range.Before.Span.SequenceEqual(end))
            {
                deletions[^1] = last with { Sequence = Math.Max(last.Sequence, deletion.Sequence) };
                return;
            }

            if (last.Range.Before.Span.SequenceCompareTo(start) > 0)
            {
                throw new InvalidDataException("range deletions are not in order");
            }
        }

        deletions.Add(deletion);
    }
}
