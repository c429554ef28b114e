using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Baton.Credentials.Age;

/// <summary>A public key as SSH encodes it (RFC 4253), by which age knows the keys that it borrows from SSH.</summary>
internal static class SshWire
{
    /// <summary>Fields, each with its length before it.</summary>
    public static byte[] Encode(params ReadOnlySpan<byte[]> fields)
    {
        var wire = new List<byte>();
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            wire.AddRange(length);
            wire.AddRange(field);
        }

        return [.. wire];
    }

    /// <summary>A positive number: a zero in front where it would be read as negative.</summary>
    public static byte[] Number(ReadOnlySpan<byte> bigEndian)
    {
        var digits = bigEndian.TrimStart((byte)0);
        return digits.IsEmpty || digits[0] < 0x80 ? digits.ToArray() : [0, .. digits];
    }

    /// <summary>Tells a recipient that a stanza may be its own.</summary>
    public static string Tag(ReadOnlySpan<byte> wire) => AgeBase64.Encode(SHA256.HashData(wire).AsSpan(0, 4));
}
