using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>One record of a manifest: what changed.</summary>
internal sealed class VersionEdit
{
    private const int Levels = 7;

    public string? Order { get; private set; }

    /// <summary>What logs before this one hold is in tables.</summary>
    public ulong? OldestLog { get; private set; }

    public List<(int Level, ulong Number)> Removed { get; } = [];

    public List<(int Level, ManifestTable Table)> Added { get; } = [];

    /// <summary>Files of which tables are parts, with their sizes.</summary>
    public List<(ulong Number, ulong Size)> SharedFiles { get; } = [];

    public static VersionEdit Parse(ReadOnlySpan<byte> record)
    {
        var edit = new VersionEdit();
        var reader = new ByteReader(record);
        while (!reader.IsAtEnd)
        {
            edit.Read((Tag)reader.Varint(), ref reader);
        }

        return edit;
    }

    private void Read(Tag tag, ref ByteReader reader)
    {
        switch (tag)
        {
            case Tag.Comparer:
                Order = System.Text.Encoding.Latin1.GetString(reader.Bytes());
                break;
            case Tag.LogNumber:
                OldestLog = reader.Varint();
                break;
            case Tag.NextFileNumber or Tag.LastSequence or Tag.PreviousLog or Tag.RemovedSharedFile:
                _ = reader.Varint();
                break;
            case Tag.CompactPointer:
                _ = ReadLevel(ref reader);
                _ = reader.Bytes();
                break;
            case Tag.SharedFile:
                SharedFiles.Add((reader.Varint(), reader.Varint()));
                break;
            case Tag.RemovedTable:
                Removed.Add((ReadLevel(ref reader), reader.Varint()));
                break;
            case Tag.Table or Tag.TableWithSequences or Tag.TableWithPath or Tag.TableWithFields or Tag.TableWithRangeKeys:
                var level = ReadLevel(ref reader);
                if (TableEntry.Read(tag, ref reader) is { } table)
                {
                    Added.Add((level, table));
                }

                break;
            case Tag.ValueFile:
                Skip(ref reader, 5);
                break;
            case Tag.RemovedValueFile:
                Skip(ref reader, 2);
                break;
            default:
                throw new InvalidDataException($"the manifest has an unknown entry {(ulong)tag}");
        }
    }

    private static void Skip(ref ByteReader reader, int numbers)
    {
        for (var i = 0; i < numbers; i++)
        {
            _ = reader.Varint();
        }
    }

    private static int ReadLevel(ref ByteReader reader)
        => reader.Varint() is < Levels and var level ? (int)level : throw new InvalidDataException("the manifest has a level that does not exist");

    // The numbers are the format's. Those of 200 and more are RocksDB's column families, which there are none of.
    internal enum Tag : ulong
    {
        Comparer = 1,
        LogNumber = 2,
        NextFileNumber = 3,
        LastSequence = 4,
        CompactPointer = 5,
        RemovedTable = 6,
        Table = 7,
        PreviousLog = 9,
        TableWithSequences = 100,
        TableWithPath = 102,
        TableWithFields = 103,
        TableWithRangeKeys = 104,
        SharedFile = 105,
        RemovedSharedFile = 106,
        ValueFile = 107,
        RemovedValueFile = 108,
    }
}
