namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>A column of byte strings: where each begins and the last one ends, as numbers, and then the bytes of all.</summary>
internal readonly struct BytesColumn
{
    private readonly byte[] _data;
    private readonly UintColumn _offsets;
    private readonly int _start;
    private readonly int _end;

    public BytesColumn(byte[] data, int start, int end, int count)
    {
        _data = data;
        _end = end;
        if (count > 0)
        {
            _offsets = new UintColumn(data, start, end, count + 1);
            _start = _offsets.End;
        }
    }

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var (start, length) = At(index);
            return _data.AsSpan(start, length);
        }
    }

    /// <summary>Where a string is in the block.</summary>
    public (int Start, int Length) At(int index) => Between(_offsets[index], _offsets[index + 1]);

    /// <summary>The bytes before the first string, which only a column of prefixes has.</summary>
    public (int Start, int Length) BeforeFirst() => Between(0, _offsets[0]);

    private (int Start, int Length) Between(ulong from, ulong to)
        => from <= to && to <= (ulong)(_end - _start)
            ? (_start + (int)from, (int)(to - from))
            : throw new InvalidDataException("a column's string lies outside of the column");
}
