using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Pebble.Store.Merging;

/// <summary>The deleted ranges of one source that are not passed yet. Keys are asked about in order.</summary>
internal sealed class DeletedRanges
{
    /// <summary>Writers merge tables that hold deletions first, so there are never many.</summary>
    private const int MaxCount = 1 << 20;

    public Queue<RangeDeletion> Ahead { get; } = new();

    /// <summary>The number before which writes to the key are gone; 0 if there is none.</summary>
    public ulong Before(ReadOnlySpan<byte> key)
    {
        if (Ahead.Count > MaxCount)
        {
            throw StoreFault.TooLarge("has too many deleted ranges");
        }

        while (Ahead.TryPeek(out var deletion))
        {
            if (deletion.Range.From.Span.SequenceCompareTo(key) > 0)
            {
                return 0;
            }

            if (deletion.Range.Before.Span.SequenceCompareTo(key) > 0)
            {
                return deletion.Sequence;
            }

            Ahead.Dequeue();
        }

        return 0;
    }
}
