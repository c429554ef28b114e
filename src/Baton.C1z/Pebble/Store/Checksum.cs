using System.Numerics;
using System.Runtime.InteropServices;

namespace Baton.C1z.Pebble.Store;

/// <summary>
/// The checksum of blocks, records and footers: CRC-32C, then rotated and displaced, so that a checksum of bytes that hold checksums stays
/// useful. LevelDB began it.
/// </summary>
internal static class Checksum
{
    private const uint Displacement = 0xa282ead8;

    public static uint Of(ReadOnlySpan<byte> bytes) => Finish(Append(uint.MaxValue, bytes));

    /// <summary>That of two pieces as if they were one.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => Finish(Append(Append(uint.MaxValue, first), second));

    private static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            state = BitOperations.Crc32C(state, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var single in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, single);
        }

        return state;
    }

    private static uint Finish(uint state) => unchecked(BitOperations.RotateRight(~state, 15) + Displacement);
}
