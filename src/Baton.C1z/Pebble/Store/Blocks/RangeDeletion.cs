namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>Of the keys in the range, what was written before the sequence number is gone.</summary>
internal readonly record struct RangeDeletion(KeyRange Range, ulong Sequence);
