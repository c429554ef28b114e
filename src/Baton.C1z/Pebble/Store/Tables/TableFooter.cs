using System.Buffers.Binary;
using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Pebble.Store.Tables;

/// <summary>
/// The end of a table: which checksum its blocks have, where the list of other blocks and the index are, since version 7 the attributes, since
/// version 6 a checksum, then the version and a magic number.
/// </summary>
internal sealed record TableFooter(TableFormat Format, BlockHandle Metaindex, BlockHandle Index, bool? HasTwoLevels)
{
    public const int MaxLength = HandlesLength + sizeof(uint) + sizeof(uint) + TailLength;

    // A byte, and two handles of two numbers that may take ten bytes each.
    private const int HandlesLength = 1 + 40;
    private const int TailLength = sizeof(uint) + 8;
    private const byte Crc32c = 1;
    private const uint TwoLevels = 1 << 5;
    private const uint BlobValues = 1 << 6;

    private static ReadOnlySpan<byte> Magic => [0xf0, 0x9f, 0xaa, 0xb3, 0xf0, 0x9f, 0xaa, 0xb3];

    /// <param name="end">The last bytes of the file: <see cref="MaxLength"/>, or all if there are not as many.</param>
    public static TableFooter Parse(ReadOnlySpan<byte> end)
    {
        if (end.Length < HandlesLength + TailLength || !end[^Magic.Length..].SequenceEqual(Magic))
        {
            throw new InvalidDataException("it does not end as a table does");
        }

        var format = new TableFormat(BinaryPrimitives.ReadUInt32LittleEndian(end[^TailLength..]));
        if (format.Version is 0 or > TableFormat.Newest)
        {
            throw StoreFault.Unsupported($"has tables of version {format.Version}");
        }

        var attributesLength = format.HasAttributes ? sizeof(uint) : 0;
        var checksumLength = format.HasColumnMetaindex ? sizeof(uint) : 0;
        var length = HandlesLength + attributesLength + checksumLength + TailLength;
        if (end.Length < length)
        {
            throw new InvalidDataException("it is too short for a table");
        }

        var footer = end[^length..];
        if (checksumLength > 0 && BinaryPrimitives.ReadUInt32LittleEndian(footer[^(TailLength + checksumLength)..])
            != Checksum.Of(footer[..^(TailLength + checksumLength)], footer[^TailLength..]))
        {
            throw new InvalidDataException("the checksum of its footer is wrong");
        }

        var reader = new ByteReader(footer);
        if (reader.Byte() != Crc32c)
        {
            throw StoreFault.Unsupported("has another checksum than CRC-32C");
        }

        var metaindex = BlockHandle.Read(ref reader);
        var index = BlockHandle.Read(ref reader);
        if (!format.HasAttributes)
        {
            return new TableFooter(format, metaindex, index, null);
        }

        var attributes = BinaryPrimitives.ReadUInt32LittleEndian(footer[HandlesLength..]);
        return (attributes & BlobValues) == 0
            ? new TableFooter(format, metaindex, index, (attributes & TwoLevels) != 0)
            : throw StoreFault.Unsupported("keeps values in files of their own");
    }
}
