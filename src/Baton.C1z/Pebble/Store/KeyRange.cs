namespace Baton.C1z.Pebble.Store;

/// <summary>The keys from one on and before another.</summary>
internal readonly record struct KeyRange(ReadOnlyMemory<byte> From, ReadOnlyMemory<byte> Before)
{
    /// <summary>The least key that is greater than the given one.</summary>
    public static byte[] Next(ReadOnlySpan<byte> key) => [.. key, 0];

    public bool IsEmpty => From.Span.SequenceCompareTo(Before.Span) >= 0;

    public bool Overlaps(KeyRange other)
        => From.Span.SequenceCompareTo(other.Before.Span) < 0 && other.From.Span.SequenceCompareTo(Before.Span) < 0;

    public KeyRange Within(KeyRange other) => new(
        From.Span.SequenceCompareTo(other.From.Span) < 0 ? other.From : From,
        Before.Span.SequenceCompareTo(other.Before.Span) > 0 ? other.Before : Before);
}
