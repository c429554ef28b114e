using System.Buffers.Binary;

namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>
/// The entries of a block of rows, as LevelDB has them: how many bytes of the key before are kept, how many follow, how long the value is, and
/// these. Behind them are the places of the entries that keep nothing, and their number. Reading in order has no use for those.
/// </summary>
internal struct RowEntries
{
    // The highest bit of the number and of each place says other things.
    private const uint CountMask = 0x7fffffff;

    private readonly byte[] _data;
    private readonly int _end;
    private int _position;

    public RowEntries(BlockBuffer block)
    {
        _data = block.Data;
        var length = block.Length;
        if (length < sizeof(uint))
        {
            throw new InvalidDataException("a block of rows is too short");
        }

        var restarts = BinaryPrimitives.ReadUInt32LittleEndian(block.Span[^sizeof(uint)..]) & CountMask;
        var end = length - (((long)restarts + 1) * sizeof(uint));
        _end = end >= 0 ? (int)end : throw new InvalidDataException("a block of rows has more restarts than bytes");
    }

    /// <summary>Where the bytes of the current entry are in the block. <see cref="Kept"/> is of the key before.</summary>
    public int Kept { get; private set; }

    public (int Start, int Length) Rest { get; private set; }

    public (int Start, int Length) Value { get; private set; }

    public bool MoveNext()
    {
        if (_position >= _end)
        {
            return false;
        }

        var reader = new ByteReader(_data.AsSpan(_position, _end - _position));
        var kept = reader.Varint();
        var restLength = reader.Varint();
        var valueLength = reader.Varint();
        var left = (ulong)(_end - _position - reader.Position);
        if (kept > int.MaxValue / 2 || restLength > left || valueLength > left - restLength)
        {
            throw new InvalidDataException("an entry of a block of rows leads beyond its end");
        }

        Kept = (int)kept;
        Rest = (_position + reader.Position, (int)restLength);
        Value = (Rest.Start + Rest.Length, (int)valueLength);
        _position = Value.Start + Value.Length;
        return true;
    }
}
