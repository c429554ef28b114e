using System.Buffers.Binary;

namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>
/// A column of numbers. A byte says how many bytes each takes (0, 1, 2, 4 or 8), and by its highest bit whether a base of eight bytes follows
/// that is added to each. The numbers begin at a multiple of their width.
/// </summary>
internal readonly struct UintColumn
{
    private const byte HasBase = 0x80;

    private readonly byte[] _data;
    private readonly int _start;
    private readonly int _width;
    private readonly ulong _base;

    /// <param name="end">No byte from here on belongs to the column.</param>
    public UintColumn(byte[] data, int start, int end, int count)
    {
        _data = data;
        if (count == 0)
        {
            End = start;
            return;
        }

        var reader = new ByteReader(data.AsSpan(0, end)[start..]);
        var encoding = reader.Byte();
        _width = encoding & ~HasBase;
        if (_width is not (0 or 1 or 2 or 4 or 8))
        {
            throw new InvalidDataException($"a column has numbers of {_width} bytes");
        }

        _base = (encoding & HasBase) != 0 ? reader.UInt64() : 0;
        var unaligned = start + reader.Position;
        _start = _width == 0 ? unaligned : (unaligned + _width - 1) & -_width;
        var after = _start + ((long)count * _width);
        End = after <= end ? (int)after : throw new InvalidDataException("a column of numbers is too short");
    }

    /// <summary>The first byte after the column.</summary>
    public int End { get; }

    /// <param name="index">Below the count that the column was made with.</param>
    public ulong this[int index] => _base + _width switch
    {
        0 => 0,
        1 => _data[_start + index],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(_start + (index * 2))),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(_data.AsSpan(_start + (index * 4))),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(_data.AsSpan(_start + (index * 8))),
    };
}
