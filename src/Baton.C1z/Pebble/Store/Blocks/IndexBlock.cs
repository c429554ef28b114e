namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>Where the blocks below are. Behind each separator there is no key of its block, nor one of an earlier block.</summary>
internal sealed class IndexBlock
{
    private const int Separators = 0;
    private const int Offsets = 1;
    private const int Lengths = 2;
    private const int ColumnCount = 4;

    private readonly List<(byte[] Separator, BlockHandle Handle)> _entries = [];

    public int Count => _entries.Count;

    public ReadOnlySpan<byte> Separator(int index) => _entries[index].Separator;

    public BlockHandle Handle(int index) => _entries[index].Handle;

    public static IndexBlock OfColumns(BlockBuffer block)
    {
        var columns = new ColumnBlock(block, 0, ColumnCount);
        var separators = columns.Bytes(Separators);
        var offsets = columns.Uints(Offsets);
        var lengths = columns.Uints(Lengths);
        var index = new IndexBlock();
        for (var i = 0; i < columns.Rows; i++)
        {
            index.Add(separators[i].ToArray(), new BlockHandle(offsets[i], lengths[i]));
        }

        return index;
    }

    public static IndexBlock OfRows(BlockBuffer block)
    {
        var entries = new RowEntries(block);
        var index = new IndexBlock();
        var key = new RowKey();
        while (entries.MoveNext())
        {
            key.Become(entries, block);
            var value = new ByteReader(block.Span.Slice(entries.Value.Start, entries.Value.Length));
            index.Add(InternalKey.Split(key.Encoded, out _).ToArray(), BlockHandle.Read(ref value));
        }

        return index;
    }

    /// <summary>The first block that can hold a key that is not less than the given one.</summary>
    public int FirstFrom(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Separator(middle).SequenceCompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // Blocks come one after another in the file. Were that not so, a small index could lead to the same block for ever.
    private void Add(byte[] separator, BlockHandle handle)
    {
        if (_entries.Count > 0 && (handle.Offset <= _entries[^1].Handle.Offset || handle.Offset - _entries[^1].Handle.Offset < _entries[^1].Handle.Length))
        {
            throw new InvalidDataException("the blocks of an index are not in order");
        }

        _entries.Add((separator, handle));
    }
}
