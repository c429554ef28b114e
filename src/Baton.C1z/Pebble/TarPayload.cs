using System.Buffers.Binary;
using System.Text;

namespace Baton.C1z.Pebble;

/// <summary>
/// A payload that is a tar archive of the store's files. Of the format only what such an archive has is taken: plain files with short
/// names. Everything else is refused, so that no header can claim memory.
/// </summary>
internal static class TarPayload
{
    private const int BlockBytes = 512;
    private const int MaxExtendedHeaderBytes = 64 * 1024;
    private const int MaxHeaders = 200_000;

    public static void Unpack(string path, Stream archive, PayloadFolder folder)
    {
        var header = new byte[BlockBytes];
        for (var headers = 1; ReadHeader(path, archive, header); headers++)
        {
            if (headers > MaxHeaders)
            {
                throw PebbleContainer.Damage(path, $"its archive has more than {MaxHeaders} headers");
            }

            var size = Size(path, header);
            switch ((char)header[156])
            {
                case '0' or '\0':
                    folder.Write(Name(header), archive, size);
                    break;

                case '5' when Name(header).TrimEnd('/') is "." or "":
                    break;

                // What does not fit into a header, such as the owner's name. A file's name or size is never there.
                case 'x' or 'g':
                    RequireHarmless(path, archive, size);
                    break;

                default:
                    throw PebbleContainer.Damage(path, $"its archive holds \"{Name(header)}\", which is not a plain file");
            }

            SkipPadding(archive, size);
        }
    }

    private static bool ReadHeader(string path, Stream archive, byte[] header)
    {
        archive.ReadExactly(header);
        if (!header.AsSpan().ContainsAnyExcept((byte)0))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < header.Length; i++)
        {
            sum += i is >= 148 and < 156 ? ' ' : header[i];
        }

        return Number(header.AsSpan(148, 8)) == sum ? true : throw PebbleContainer.Damage(path, "a checksum in its archive is wrong");
    }

    private static string Name(byte[] header)
    {
        var prefix = header.AsSpan(257, 5).SequenceEqual("ustar"u8) && header[263] == '0' ? Text(header.AsSpan(345, 155)) : "";
        var name = Text(header.AsSpan(0, 100));
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private static long Size(string path, byte[] header)
    {
        var field = header.AsSpan(124, 12);

        // A number that has too many digits is binary, and says so by its first bit.
        var size = (field[0] & 0x80) != 0 ? BinaryPrimitives.ReadInt64BigEndian(field[4..]) : Number(field);
        return size is >= 0 and < long.MaxValue - BlockBytes ? size.Value : throw PebbleContainer.Damage(path, $"the size of \"{Name(header)}\" in its archive is none");
    }

    private static long? Number(ReadOnlySpan<byte> digits)
    {
        var end = digits.IndexOfAny((byte)0, (byte)' ');
        digits = end < 0 ? digits : digits[..end];
        long number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return digits.Length == 0 ? null : number;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static void RequireHarmless(string path, Stream archive, long size)
    {
        if (size > MaxExtendedHeaderBytes)
        {
            throw PebbleContainer.Damage(path, $"a header in its archive claims {size} bytes");
        }

        var records = new byte[size];
        archive.ReadExactly(records);
        if (records.AsSpan().IndexOf(" path="u8) >= 0 || records.AsSpan().IndexOf(" size="u8) >= 0)
        {
            throw PebbleContainer.Damage(path, "a header in its archive renames or resizes a file");
        }
    }

    private static void SkipPadding(Stream archive, long size)
    {
        Span<byte> padding = stackalloc byte[(int)(-size & (BlockBytes - 1))];
        archive.ReadExactly(padding);
    }
}
