using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Pebble.Store.Merging;

/// <summary>Records in order, each key's versions the newest first, and the ranges that were deleted where they are.</summary>
internal interface IRecordSource : IDisposable
{
    ReadOnlyMemory<byte> Key { get; }

    ulong Trailer { get; }

    ReadOnlyMemory<byte> Value { get; }

    /// <summary>True if the value is in another block of the table, where only versions that are not the newest are.</summary>
    bool IsElsewhere { get; }

    /// <summary>
    /// Goes to the next record, and adds to the queue what was deleted up to there. Deleted ranges that begin behind the record may come later.
    /// </summary>
    bool MoveNext(Queue<RangeDeletion> deletions);
}
