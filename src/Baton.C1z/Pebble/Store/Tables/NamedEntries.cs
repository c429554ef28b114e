using System.Text;
using Baton.C1z.Pebble.Store.Blocks;

namespace Baton.C1z.Pebble.Store.Tables;

/// <summary>Names and values: of a table's other blocks, and of its properties.</summary>
internal static class NamedEntries
{
    private const int Keys = 0;
    private const int Values = 1;
    private const int ColumnCount = 2;

    public static Dictionary<string, byte[]> OfColumns(BlockBuffer block)
    {
        var columns = new ColumnBlock(block, 0, ColumnCount);
        var keys = columns.Bytes(Keys);
        var values = columns.Bytes(Values);
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Rows; i++)
        {
            entries[Encoding.Latin1.GetString(keys[i])] = values[i].ToArray();
        }

        return entries;
    }

    public static Dictionary<string, byte[]> OfRows(BlockBuffer block)
    {
        var rows = new RowEntries(block);
        var key = new RowKey();
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (rows.MoveNext())
        {
            key.Become(rows, block);
            entries[Encoding.Latin1.GetString(key.Encoded)] = block.Span.Slice(rows.Value.Start, rows.Value.Length).ToArray();
        }

        return entries;
    }
}
