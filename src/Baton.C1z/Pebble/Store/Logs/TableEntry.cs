using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>Reads a manifest's entry of a table, behind the level.</summary>
internal static class TableEntry
{
    private const byte HasPoints = 1;

    /// <returns>Null if the table has no records, but only range keys, which concern nobody here.</returns>
    public static ManifestTable? Read(VersionEdit.Tag tag, ref ByteReader reader)
    {
        var number = reader.Varint();
        if (tag is VersionEdit.Tag.TableWithPath)
        {
            _ = reader.Varint();
        }

        var size = reader.Varint();
        KeyRange? keys;
        if (tag is VersionEdit.Tag.TableWithRangeKeys)
        {
            keys = (reader.Byte() & HasPoints) != 0 ? ReadRange(ref reader) : null;
            _ = ReadRange(ref reader);
        }
        else
        {
            keys = ReadRange(ref reader);
        }

        var (smallest, largest) = tag is VersionEdit.Tag.Table ? (0UL, ulong.MaxValue) : (reader.Varint(), reader.Varint());
        var file = tag is VersionEdit.Tag.TableWithFields or VersionEdit.Tag.TableWithRangeKeys ? ReadFields(ref reader) : null;

        // A table that was made elsewhere and taken in as a whole has its number here alone.
        var sequence = smallest == largest ? smallest : (ulong?)null;
        return keys is { } range ? new ManifestTable(number, file ?? number, file is null ? size : null, range, sequence) : null;
    }

    private static KeyRange ReadRange(ref ByteReader reader)
    {
        var first = InternalKey.Split(reader.Bytes(), out _).ToArray();
        var last = InternalKey.Split(reader.Bytes(), out var trailer);
        return new KeyRange(first, InternalKey.IsExclusive(trailer) ? last.ToArray() : KeyRange.Next(last));
    }

    /// <returns>The file that the table is a part of.</returns>
    private static ulong? ReadFields(ref ByteReader reader)
    {
        ulong? file = null;
        while (true)
        {
            var field = reader.Varint();
            switch ((Field)field)
            {
                case Field.End:
                    return file;
                case Field.PartOf:
                    file = reader.Varint();
                    break;
                case Field.Values:
                    throw StoreFault.Unsupported("keeps values in files of their own");
                case Field.KeyPrefix or Field.KeySuffix:
                    throw StoreFault.Unsupported("has tables whose keys are changed on reading");
                default:
                    // Those that must be understood have this bit.
                    if ((field & MustBeKnown) != 0)
                    {
                        throw new InvalidDataException($"a table has an unknown field {field}");
                    }

                    _ = reader.Bytes();
                    break;
            }
        }
    }

    private const ulong MustBeKnown = 1 << 6;

    // The numbers are the format's.
    private enum Field : ulong
    {
        End = 1,
        PartOf = 66,
        KeyPrefix = 67,
        KeySuffix = 68,
        Values = 69,
    }
}
