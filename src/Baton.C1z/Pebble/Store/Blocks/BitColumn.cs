namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>A column of bits: a byte that says whether any is set, and if so words of 64, the lowest bit first, at a multiple of eight.</summary>
internal readonly struct BitColumn
{
    private const byte AllClear = 1;

    private readonly byte[]? _data;
    private readonly int _start;

    public BitColumn(byte[] data, int start, int end, int count)
    {
        var reader = new ByteReader(data.AsSpan(0, end)[start..]);
        switch (reader.Byte())
        {
            case AllClear:
                return;
            case not 0:
                throw new InvalidDataException("a column of bits is encoded in an unknown way");
        }

        _start = (start + 1 + 7) & -8;
        if (_start + (((long)count + 63) / 64 * sizeof(ulong)) > end)
        {
            throw new InvalidDataException("a column of bits is too short");
        }

        _data = data;
    }

    /// <param name="index">Below the count that the column was made with.</param>
    public bool this[int index] => _data is not null && (_data[_start + (index >> 3)] & (1 << (index & 7))) != 0;
}
