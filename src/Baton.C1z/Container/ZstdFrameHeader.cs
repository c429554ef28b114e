using System.Buffers.Binary;

namespace Baton.C1z.Container;

/// <summary>
/// The part of a zstd frame header that says how large the frame claims to be (RFC 8878, section 3.1.1.1), read before any of it
/// is decoded, so that a file which announces terabytes costs nothing.
/// </summary>
internal readonly record struct ZstdFrameHeader(long? ContentSize)
{
    private const uint FrameMagic = 0xFD2FB528;

    /// <summary>The longest header: magic, descriptor, window, 4 bytes of dictionary id, 8 bytes of content size.</summary>
    public const int MaxLength = 18;

    /// <summary>The header at the start of <paramref name="bytes"/>; null where no ordinary frame starts there.</summary>
    public static ZstdFrameHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != FrameMagic)
        {
            return null;
        }

        var descriptor = bytes[4];
        var singleSegment = (descriptor & 0x20) != 0;
        var dictionaryIdLength = (descriptor & 3) switch { 0 => 0, 1 => 1, 2 => 2, _ => 4 };
        var at = 5 + (singleSegment ? 0 : 1) + dictionaryIdLength;
        var sizeLength = (descriptor >> 6) switch { 0 => singleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        if (sizeLength == 0)
        {
            return new(null);
        }

        if (bytes.Length < at + sizeLength)
        {
            return null;
        }

        var field = bytes[at..];
        var size = sizeLength switch
        {
            1 => field[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(field) + 256UL,
            4 => BinaryPrimitives.ReadUInt32LittleEndian(field),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(field),
        };
        return new(size > long.MaxValue ? long.MaxValue : (long)size);
    }
}
