namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>
/// Records in columns: two for the key (where it can be cut, which bytewise order never does), then trailers, where keys change, values, which
/// values are elsewhere, and which records are obsolete.
/// </summary>
internal sealed class ColumnDataBlock : DataBlock
{
    /// <summary>The length of the longest key comes first. Nothing here depends on it.</summary>
    private const int OwnHeaderLength = sizeof(uint);

    private const int Prefixes = 0;
    private const int Suffixes = 1;
    private const int Trailers = 2;
    private const int Values = 4;
    private const int Elsewhere = 5;
    private const int ColumnCount = 7;

    private byte[] _data = [];
    private PrefixColumn _prefixes;
    private BytesColumn _suffixes;
    private UintColumn _trailers;
    private BytesColumn _values;
    private BitColumn _elsewhere;
    private int _rows;
    private int _row;
    private int _sharedLength;
    private int _bundleEnd;
    private int _prefixEnd;

    public override ReadOnlyMemory<byte> Value
    {
        get
        {
            var (start, length) = _values.At(_row);
            return _data.AsMemory(start, length);
        }
    }

    public override void Load(BlockBuffer block)
    {
        var columns = new ColumnBlock(block, OwnHeaderLength, ColumnCount);
        _data = columns.Data;
        _rows = columns.Rows;
        _row = -1;
        if (_rows == 0)
        {
            return;
        }

        _prefixes = columns.Prefixes(Prefixes);
        _suffixes = columns.Bytes(Suffixes);
        _trailers = columns.Uints(Trailers);
        _values = columns.Bytes(Values);
        _elsewhere = columns.Bits(Elsewhere);

        var (start, length) = _prefixes.Shared();
        SetKey(0, _data.AsSpan(start, length));
        _sharedLength = length;
    }

    public override bool MoveNext()
    {
        if (_row + 1 >= _rows)
        {
            return false;
        }

        _row++;
        var isFirst = _prefixes.IsFirstOfBundle(_row);
        if (isFirst)
        {
            var (start, length) = _prefixes.OfBundle(_row);
            SetKey(_sharedLength, _data.AsSpan(start, length));
            _bundleEnd = _sharedLength + length;
            _prefixEnd = _bundleEnd;
        }

        var rest = _prefixes.Rest(_row);
        if (rest.Length > 0)
        {
            SetKey(_bundleEnd, _data.AsSpan(rest.Start, rest.Length));
            _prefixEnd = _bundleEnd + rest.Length;
        }

        var suffix = _suffixes.At(_row);
        if (suffix.Length > 0 || Key.Length != _prefixEnd)
        {
            SetKey(_prefixEnd, _data.AsSpan(suffix.Start, suffix.Length));
        }

        Trailer = _trailers[_row];
        IsElsewhere = _elsewhere[_row];
        return true;
    }
}
