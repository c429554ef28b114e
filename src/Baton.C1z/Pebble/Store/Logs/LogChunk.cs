using System.Buffers.Binary;

namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>
/// A piece of a record: checksum, length, type, and depending on the type the number of the log and how much of it was safely on disk by then.
/// </summary>
internal readonly record struct LogChunk(int Length, ChunkPlace Place, bool IsOfNextLog, ulong SyncedUpTo, Range Payload)
{
    public const int ShortestHeader = 7;

    private const int LogNumberLength = sizeof(uint);
    private const int SyncedLength = sizeof(ulong);

    // Four types each of: plain, with the log's number, and with what was synced too.
    private const int TypesOfAKind = 4;
    private const int Kinds = 3;

    /// <summary>Null if there is no whole and undamaged piece of this log at the beginning of the bytes.</summary>
    public static LogChunk? Parse(ReadOnlySpan<byte> bytes, uint logNumber)
    {
        if (bytes.Length < ShortestHeader)
        {
            return null;
        }

        var type = bytes[6] - 1;
        if (type is < 0 or >= TypesOfAKind * Kinds)
        {
            return null;
        }

        var kind = type / TypesOfAKind;
        var header = ShortestHeader + (kind >= 1 ? LogNumberLength : 0) + (kind >= 2 ? SyncedLength : 0);
        var length = header + BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (bytes.Length < header)
        {
            return null;
        }

        var number = kind >= 1 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[ShortestHeader..]) : logNumber;
        if (number == unchecked(logNumber + 1) && kind >= 1)
        {
            return new LogChunk(header, default, IsOfNextLog: true, 0, default);
        }

        if (number != logNumber || bytes.Length < length || Checksum.Of(bytes[6..length]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes))
        {
            return null;
        }

        var synced = kind >= 2 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(ShortestHeader + LogNumberLength)..]) : 0;
        return new LogChunk(length, (ChunkPlace)(type % TypesOfAKind), IsOfNextLog: false, synced, header..length);
    }
}

/// <summary>Which piece of a record it is. The order is the format's.</summary>
internal enum ChunkPlace
{
    Whole,
    First,
    Middle,
    Last,
}
