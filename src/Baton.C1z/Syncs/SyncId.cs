using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Baton.C1z.Syncs;

/// <summary>
/// Makes sync ids: KSUIDs, 27 characters of base 62 over a 4-byte time (seconds since 2014-05-13T16:53:20Z) and 16 random bytes.
/// Their text order is their time order, to the second.
/// </summary>
internal static class SyncId
{
    public const int Length = 27;

    private const long Epoch = 1_400_000_000;
    private const int ByteCount = 20;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, checked((uint)(now.ToUnixTimeSeconds() - Epoch)));
        RandomNumberGenerator.Fill(bytes[4..]);
        return Encode(bytes);
    }

    /// <summary>20 bytes, read as one big-endian number, in base 62, padded to 27 characters.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<uint> words = stackalloc uint[ByteCount / 4];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * i)..]);
        }

        Span<char> text = stackalloc char[Length];
        for (var position = Length - 1; position >= 0; position--)
        {
            // Long division of the 160-bit number by 62, a 32-bit word at a time.
            ulong remainder = 0;
            for (var i = 0; i < words.Length; i++)
            {
                var dividend = (remainder << 32) | words[i];
                words[i] = (uint)(dividend / 62);
                remainder = dividend % 62;
            }

            text[position] = Alphabet[(int)remainder];
        }

        return new string(text);
    }
}
