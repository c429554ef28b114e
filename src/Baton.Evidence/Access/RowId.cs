using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Evidence.Access;

/// <summary>
/// Names a row of a review: <c>r</c> and 16 hexadecimal digits of a SHA-256. The letter keeps spreadsheets from taking it for a number.
/// </summary>
public readonly record struct RowId(ulong Value)
{
    private const int Digits = 16;
    private const int StackBytes = 512;

    public static RowId Of(params ReadOnlySpan<string> parts)
    {
        var needed = parts.Length;
        foreach (var part in parts)
        {
            needed += Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        // A NUL ends each part: ids hold what they like, but not that.
        Span<byte> stack = stackalloc byte[StackBytes];
        var bytes = needed <= StackBytes ? stack : new byte[needed];
        var length = 0;
        foreach (var part in parts)
        {
            length += Encoding.UTF8.GetBytes(part, bytes[length..]);
            bytes[length++] = 0;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return new(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>Null when the text is none.</summary>
    public static RowId? Parse(string text)
        => text.Length == Digits + 1 && text[0] is 'r' or 'R'
            && ulong.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new RowId(value)
            : null;

    public override string ToString() => $"r{Value:x16}";
}
