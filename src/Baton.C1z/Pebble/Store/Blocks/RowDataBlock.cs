namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>Records in rows, which tables of before columns have.</summary>
/// <param name="valuesAreMarked">The values of sets begin with a byte that says where they are.</param>
internal sealed class RowDataBlock(bool valuesAreMarked) : DataBlock
{
    private const int PlaceMask = 0xc0;

    private BlockBuffer _block = new();
    private RowEntries _entries;
    private RowKey _encoded = new();
    private int _valueStart;
    private int _valueLength;

    public override ReadOnlyMemory<byte> Value => _block.Data.AsMemory(_valueStart, _valueLength);

    public override void Load(BlockBuffer block)
    {
        _entries = new RowEntries(block);
        _block = block;
        _encoded = new RowKey();
    }

    public override bool MoveNext()
    {
        if (!_entries.MoveNext())
        {
            return false;
        }

        _encoded.Become(_entries, _block);
        SetKey(0, InternalKey.Split(_encoded.Encoded, out var trailer));
        Trailer = trailer;

        (_valueStart, _valueLength) = _entries.Value;
        IsElsewhere = false;
        if (valuesAreMarked && InternalKey.Kind(trailer) is RecordKind.Set)
        {
            if (_valueLength == 0)
            {
                throw new InvalidDataException("a value has no mark");
            }

            IsElsewhere = (_block.Data[_valueStart] & PlaceMask) != 0;
            _valueStart++;
            _valueLength--;
        }

        return true;
    }
}
