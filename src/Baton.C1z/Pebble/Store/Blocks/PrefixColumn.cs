namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>
/// A column of sorted byte strings that share beginnings: one that all have, then one for each bundle of rows, then the rest of each row. A row
/// whose rest is empty is the row before it again, unless it is its bundle's first.
/// </summary>
internal readonly struct PrefixColumn
{
    private const int MaxBundleShift = 30;

    private readonly int _bundleShift;
    private readonly BytesColumn _pieces;

    public PrefixColumn(byte[] data, int start, int end, int rows)
    {
        _bundleShift = new ByteReader(data.AsSpan(0, end)[start..]).Byte();
        if (_bundleShift > MaxBundleShift)
        {
            throw new InvalidDataException("a column's bundles are too large");
        }

        var bundles = rows == 0 ? 0 : 1 + ((rows - 1) >> _bundleShift);
        _pieces = new BytesColumn(data, start + 1, end, rows + bundles);
    }

    public bool IsFirstOfBundle(int row) => (row & ((1 << _bundleShift) - 1)) == 0;

    public (int Start, int Length) Shared() => _pieces.BeforeFirst();

    public (int Start, int Length) OfBundle(int row)
    {
        var bundle = row >> _bundleShift;
        return _pieces.At((bundle << _bundleShift) + bundle);
    }

    public (int Start, int Length) Rest(int row) => _pieces.At(1 + (row >> _bundleShift) + row);
}
