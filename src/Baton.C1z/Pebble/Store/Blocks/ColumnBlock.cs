using System.Buffers.Binary;

namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>
/// A block of columns. After a header of its own kind come a version, the number of columns and of rows, and for each column its type and where
/// it begins; a column ends where the next begins, the last one before the block's last byte.
/// </summary>
internal readonly struct ColumnBlock
{
    private const byte KnownVersion = 1;
    private const int FixedHeaderLength = 1 + sizeof(ushort) + sizeof(uint);
    private const int ColumnHeaderLength = 1 + sizeof(uint);

    private readonly byte[] _data;
    private readonly int _length;
    private readonly int _ownHeaderLength;
    private readonly int _columns;

    public ColumnBlock(BlockBuffer block, int ownHeaderLength, int columns)
    {
        _data = block.Data;
        _length = block.Length;
        _ownHeaderLength = ownHeaderLength;
        _columns = columns;

        var reader = new ByteReader(block.Span);
        _ = reader.Take(ownHeaderLength);
        if (reader.Byte() != KnownVersion)
        {
            throw new InvalidDataException("a block of columns has an unknown version");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(reader.Take(sizeof(ushort))) != columns)
        {
            throw new InvalidDataException("a block has another number of columns than it should");
        }

        Rows = Count(reader.UInt32());
        _ = reader.Take(columns * ColumnHeaderLength);
    }

    public byte[] Data => _data;

    public int Rows { get; }

    /// <summary>
    /// Checks a number of rows. Rows differ, so each takes a byte at the least, though a column of equal ones takes none: a tiny block cannot
    /// be made to have billions.
    /// </summary>
    public int Count(uint rows)
        => rows <= (uint)_length ? (int)rows : throw new InvalidDataException("a block has more rows than it can hold");

    public UintColumn Uints(int column) => Uints(column, Rows);

    public UintColumn Uints(int column, int count)
    {
        var (start, end) = Column(column, ColumnType.Uint);
        return new UintColumn(_data, start, end, count);
    }

    public BytesColumn Bytes(int column) => Bytes(column, Rows);

    public BytesColumn Bytes(int column, int count)
    {
        var (start, end) = Column(column, ColumnType.Bytes);
        return new BytesColumn(_data, start, end, count);
    }

    public BitColumn Bits(int column)
    {
        var (start, end) = Column(column, ColumnType.Bits);
        return new BitColumn(_data, start, end, Rows);
    }

    public PrefixColumn Prefixes(int column)
    {
        var (start, end) = Column(column, ColumnType.Prefixes);
        return new PrefixColumn(_data, start, end, Rows);
    }

    private (int Start, int End) Column(int column, ColumnType type)
    {
        var header = Header(column);
        if ((ColumnType)header[0] != type)
        {
            throw new InvalidDataException("a column has another type than it should");
        }

        var first = _ownHeaderLength + FixedHeaderLength + (_columns * ColumnHeaderLength);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(header[1..]);
        var end = column + 1 < _columns ? BinaryPrimitives.ReadUInt32LittleEndian(Header(column + 1)[1..]) : (uint)_length - 1;
        return start >= first && start <= end && end < _length
            ? ((int)start, (int)end)
            : throw new InvalidDataException("a column lies outside of its block");
    }

    private ReadOnlySpan<byte> Header(int column)
        => _data.AsSpan(_ownHeaderLength + FixedHeaderLength + (column * ColumnHeaderLength), ColumnHeaderLength);

    // The numbers are the format's.
    private enum ColumnType : byte
    {
        Bits = 1,
        Uint = 2,
        Bytes = 3,
        Prefixes = 4,
    }
}
