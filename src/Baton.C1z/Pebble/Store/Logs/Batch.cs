namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>One record of a write-ahead log: the number of the first write, how many there are, and these.</summary>
internal static class Batch
{
    /// <exception cref="InvalidDataException">The record is no batch.</exception>
    public static void ReadInto(byte[] record, UnflushedRecords target)
    {
        var reader = new ByteReader(record);
        var sequence = reader.UInt64();
        var count = reader.UInt32();
        while (!reader.IsAtEnd)
        {
            var kind = (RecordKind)reader.Byte();
            var key = ReadString(record, ref reader);
            var value = HasValue(kind) ? ReadString(record, ref reader) : default;
            if (kind is RecordKind.LogData)
            {
                continue;
            }

            if (sequence > InternalKey.MaxSequence || count-- == 0)
            {
                throw new InvalidDataException("a batch has more writes than it says");
            }

            Add(target, kind, sequence++, key, value);
        }

        if (count != 0)
        {
            throw new InvalidDataException("a batch has fewer writes than it says");
        }
    }

    private static void Add(UnflushedRecords target, RecordKind kind, ulong sequence, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        switch (kind)
        {
            case RecordKind.Set or RecordKind.Delete or RecordKind.SingleDelete or RecordKind.DeleteSized or RecordKind.Merge:
                target.Add(new UnflushedRecord(key, InternalKey.Trailer(sequence, kind), value));
                break;
            case RecordKind.DeleteRange:
                target.Delete(new KeyRange(key, value), sequence);
                break;
            case RecordKind.RangeKeySet or RecordKind.RangeKeyUnset or RecordKind.RangeKeyDelete:
                break;
            case RecordKind.IngestTable or RecordKind.Excise:
                throw StoreFault.Unsupported("was copied while tables were being added to it");
            default:
                throw new InvalidDataException($"a batch has an unknown kind of write, {(byte)kind}");
        }
    }

    private static bool HasValue(RecordKind kind) => kind is RecordKind.Set or RecordKind.Merge or RecordKind.DeleteRange or RecordKind.RangeKeySet
        or RecordKind.RangeKeyUnset or RecordKind.RangeKeyDelete or RecordKind.DeleteSized or RecordKind.Excise;

    private static ReadOnlyMemory<byte> ReadString(byte[] record, ref ByteReader reader)
    {
        var length = reader.Bytes().Length;
        return record.AsMemory(reader.Position - length, length);
    }
}
