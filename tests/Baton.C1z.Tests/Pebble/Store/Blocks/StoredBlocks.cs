using Baton.C1z.Pebble.Store.Blocks;
using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Tests.Pebble.Store.Blocks;

/// <summary>The unpacked blocks of the tables that Pebble wrote, as material to be damaged.</summary>
internal static class StoredBlocks
{
    public static List<byte[]> All()
    {
        var blocks = new List<byte[]>();
        foreach (var path in StoreHistory.Names.SelectMany(name => Directory.GetFiles(StoreHistory.Folder(name), "*.sst")))
        {
            using var file = new TableFile(path);
            var footer = file.ReadFooter();
            var buffer = new BlockBuffer();
            Add(footer.Index);
            Add(footer.Metaindex);
            foreach (var value in (footer.Format.HasColumnMetaindex ? NamedEntries.OfColumns(buffer) : NamedEntries.OfRows(buffer)).Values)
            {
                Add(Handle(value));
            }

            file.Read(footer.Index, buffer);
            var index = footer.Format.HasColumns ? IndexBlock.OfColumns(buffer) : IndexBlock.OfRows(buffer);
            for (var i = 0; i < index.Count; i++)
            {
                Add(index.Handle(i));
            }

            void Add(BlockHandle handle)
            {
                file.Read(handle, buffer);
                blocks.Add(buffer.Span.ToArray());
            }
        }

        return blocks;
    }

    /// <summary>In an array of exactly its length, so that nothing behind it can be read unseen.</summary>
    public static BlockBuffer Buffer(ReadOnlySpan<byte> bytes)
    {
        var buffer = new BlockBuffer();
        bytes.CopyTo(buffer.Unpacked(bytes.Length));
        return buffer;
    }

    private static BlockHandle Handle(byte[] value)
    {
        var reader = new Baton.C1z.Pebble.Store.ByteReader(value);
        return BlockHandle.Read(ref reader);
    }
}
