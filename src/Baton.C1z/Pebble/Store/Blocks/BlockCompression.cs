using ZstdSharp;

namespace Baton.C1z.Pebble.Store.Blocks;

/// <summary>Unpacks a block. Which way it was packed is the byte behind it.</summary>
internal static class BlockCompression
{
    /// <summary>No block is unpacked into more than this. One holds 32 KiB, or a single record that is larger.</summary>
    public const int MaxBlockBytes = 256 << 20;

    private const byte None = 0;
    private const byte Snappy = 1;
    private const byte Zstd = 7;

    // A copy of 64 bytes takes three, and nothing packs better.
    private const int SnappyMostPerByte = 22;

    /// <exception cref="InvalidDataException">The bytes are not what they should be.</exception>
    /// <exception cref="C1zException">They were packed in a way that is not known here.</exception>
    public static void Unpack(byte kind, ReadOnlySpan<byte> stored, BlockBuffer buffer)
    {
        switch (kind)
        {
            case None:
                buffer.UseStored(stored.Length);
                return;
            case Snappy:
                UnpackSnappy(stored, buffer);
                return;
            case Zstd:
                UnpackZstd(stored, buffer);
                return;
            default:
                throw StoreFault.Unsupported($"has blocks that are packed in way {kind}");
        }
    }

    private static void UnpackSnappy(ReadOnlySpan<byte> stored, BlockBuffer buffer)
    {
        var length = new ByteReader(stored).Varint();
        if (length > (ulong)stored.Length * SnappyMostPerByte)
        {
            throw new InvalidDataException("a block promises more than its bytes can hold");
        }

        var target = buffer.Unpacked(Bounded(length));
        if (!Snappier.Snappy.TryDecompress(stored, target, out var written) || written != target.Length)
        {
            throw new InvalidDataException("a block cannot be unpacked");
        }
    }

    private static void UnpackZstd(ReadOnlySpan<byte> stored, BlockBuffer buffer)
    {
        var reader = new ByteReader(stored);
        var target = buffer.Unpacked(Bounded(reader.Varint()));
        using var decompressor = new Decompressor();
        try
        {
            if (decompressor.Unwrap(stored[reader.Position..], target) != target.Length)
            {
                throw new InvalidDataException("a block unpacks into less than it promises");
            }
        }
        catch (ZstdException damage)
        {
            throw new InvalidDataException("a block cannot be unpacked", damage);
        }
    }

    private static int Bounded(ulong length)
        => length <= MaxBlockBytes ? (int)length : throw StoreFault.TooLarge($"has a block of {length} bytes");
}
