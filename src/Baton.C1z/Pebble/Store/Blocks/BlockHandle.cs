namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>Where a block is in its table. The length is that of the stored bytes, without the five that follow them.</summary>
internal readonly record struct BlockHandle(ulong Offset, ulong Length)
{
    public static BlockHandle Read(ref ByteReader reader) => new(reader.Varint(), reader.Varint());
}
