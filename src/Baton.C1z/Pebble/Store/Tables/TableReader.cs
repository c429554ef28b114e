using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Pebble.Store.Tables;

/// <summary>An open table: what its end says, and its index. A second level of the index is read where it is needed.</summary>
internal sealed class TableReader : IDisposable
{
    private const string Properties = "rocksdb.properties";
    private const string RangeDeletions = "rocksdb.range_del2";
    private const string IndexType = "rocksdb.block.based.table.index.type";

    private readonly TableFile _file;
    private readonly BlockBuffer _metadata = new();
    private readonly BlockHandle? _rangeDeletions;

    private TableReader(TableFile file)
    {
        _file = file;
        var footer = file.ReadFooter();
        Format = footer.Format;

        file.Read(footer.Metaindex, _metadata);
        var blocks = footer.Format.HasColumnMetaindex ? NamedEntries.OfColumns(_metadata) : NamedEntries.OfRows(_metadata);
        _rangeDeletions = Find(blocks, RangeDeletions);
        HasTwoLevels = footer.HasTwoLevels ?? ReadHasTwoLevels(blocks);
        Index = ReadIndex(footer.Index);
    }

    public TableFormat Format { get; }

    public bool HasTwoLevels { get; }

    public IndexBlock Index { get; }

    public static TableReader Open(string path)
    {
        var file = new TableFile(path);
        try
        {
            return new TableReader(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    public DataBlock NewDataBlock() => Format.HasColumns ? new ColumnDataBlock() : new RowDataBlock(Format.MarksValues);

    public void Read(BlockHandle block, BlockBuffer buffer) => _file.Read(block, buffer);

    public IndexBlock ReadIndex(BlockHandle block)
    {
        _file.Read(block, _metadata);
        return Format.HasColumns ? IndexBlock.OfColumns(_metadata) : IndexBlock.OfRows(_metadata);
    }

    public List<RangeDeletion> ReadRangeDeletions()
    {
        if (_rangeDeletions is not { } block)
        {
            return [];
        }

        _file.Read(block, _metadata);
        return Format.HasColumns ? RangeDeletionBlock.OfColumns(_metadata) : RangeDeletionBlock.OfRows(_metadata);
    }

    // A number of four bytes: 0 is one level, 2 are two.
    private bool ReadHasTwoLevels(Dictionary<string, byte[]> blocks)
    {
        _file.Read(Find(blocks, Properties) ?? throw new InvalidDataException("it has no properties"), _metadata);
        return NamedEntries.OfRows(_metadata).TryGetValue(IndexType, out var type) && type is [2, ..];
    }

    private static BlockHandle? Find(Dictionary<string, byte[]> blocks, string name)
    {
        if (!blocks.TryGetValue(name, out var value))
        {
            return null;
        }

        var reader = new ByteReader(value);
        return BlockHandle.Read(ref reader);
    }
}
