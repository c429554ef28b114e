using System.Buffers.Binary;

namespace Baton.C1z.Pebble.Store;

/// <summary>
/// What follows a key wherever it is stored: 56 bits that number the write (the higher wins), and 8 that say what was written.
/// </summary>
internal static class InternalKey
{
    public const int TrailerLength = sizeof(ulong);

    public const ulong MaxSequence = (1UL << 56) - 1;

    /// <summary>Set on a kind where the table itself knows that something newer hides the record. It changes nothing for who merges.</summary>
    private const byte Obsolete = 0x40;

    public static ulong Sequence(ulong trailer) => trailer >> 8;

    public static RecordKind Kind(ulong trailer) => (RecordKind)((byte)trailer & ~Obsolete);

    public static ulong Trailer(ulong sequence, RecordKind kind) => (sequence << 8) | (byte)kind;

    /// <summary>Splits bytes that end with a trailer.</summary>
    public static ReadOnlySpan<byte> Split(ReadOnlySpan<byte> encoded, out ulong trailer)
    {
        if (encoded.Length < TrailerLength)
        {
            throw new InvalidDataException("a key is too short");
        }

        trailer = BinaryPrimitives.ReadUInt64LittleEndian(encoded[^TrailerLength..]);
        return encoded[..^TrailerLength];
    }

    /// <summary>True for the end of a table's range that is not itself in the table: where a range ends, not a record.</summary>
    public static bool IsExclusive(ulong trailer)
        => Sequence(trailer) == MaxSequence
            && (RecordKind)(byte)trailer
                is RecordKind.DeleteRange or RecordKind.RangeKeyDelete or RecordKind.RangeKeyUnset or RecordKind.RangeKeySet;
}

/// <summary>What was written under a key. The numbers are the format's.</summary>
internal enum RecordKind : byte
{
    Delete = 0,
    Set = 1,
    Merge = 2,

    /// <summary>A note in the log that is no record, and takes no number.</summary>
    LogData = 3,
    SingleDelete = 7,
    DeleteRange = 15,

    /// <summary>A value that replaced a deletion; only compactions care.</summary>
    SetWithDelete = 18,
    RangeKeyDelete = 19,
    RangeKeyUnset = 20,
    RangeKeySet = 21,

    /// <summary>Whole tables that were added, and of which only the log knows yet.</summary>
    IngestTable = 22,
    DeleteSized = 23,
    Excise = 24,
}
