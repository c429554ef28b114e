using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Podium.Data;

/// <summary>
/// A public id: 27 digits of base 62 that hold 32 bits of seconds since 2014-05-13 and 128 random bits, so that ids sort by age.
/// Clients of this API family tell ids from names by exactly this form. Compared ordinally. Format: segmentio/ksuid.
/// </summary>
public readonly record struct Ksuid
{
    public const int Length = 27;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const long Epoch = 1_400_000_000;
    private const int Bytes = 20;

    private readonly string? _text;

    private Ksuid(string text) => _text = text;

    public static Ksuid New(TimeProvider clock)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(clock.GetUtcNow().ToUnixTimeSeconds() - Epoch));
        RandomNumberGenerator.Fill(bytes[4..]);
        return Encode(bytes);
    }

    /// <summary>False unless the text has 27 digits of base 62 whose value fits into 160 bits.</summary>
    public static bool TryParse(string? text, out Ksuid id)
    {
        // The largest value of 160 bits in base 62; ordinal order of texts of one length is the order of values.
        const string Largest = "aWgEPTl1tmebfsQzFP4bxwgy80V";
        var good = text is { Length: Length } && text.All(char.IsAsciiLetterOrDigit) && string.CompareOrdinal(text, Largest) <= 0;
        id = good ? new Ksuid(text!) : default;
        return good;
    }

    public static Ksuid Parse(string text)
        => TryParse(text, out var id) ? id : throw new FormatException($"This is not an id: it must have {Length} letters and digits.");

    /// <summary>The id of 20 bytes that have a meaning of their own.</summary>
    public static Ksuid FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Bytes, nameof(bytes));
        return Encode(bytes);
    }

    /// <summary>The 20 bytes of the id; false when this is no id, or there is no room.</summary>
    public bool TryWriteBytes(Span<byte> destination)
    {
        if (_text is null || destination.Length < Bytes)
        {
            return false;
        }

        var value = System.Numerics.BigInteger.Zero;
        foreach (var digit in _text)
        {
            value = (value * Digits.Length) + Digits.IndexOf(digit, StringComparison.Ordinal);
        }

        destination[..Bytes].Clear();
        return value.TryWriteBytes(destination[(Bytes - value.GetByteCount(isUnsigned: true))..Bytes], out _, isUnsigned: true, isBigEndian: true);
    }

    public override string ToString() => _text ?? "";

    private static Ksuid Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Length];
        var value = new System.Numerics.BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        for (var index = Length - 1; index >= 0; index--)
        {
            value = System.Numerics.BigInteger.DivRem(value, 62, out var digit);
            text[index] = Digits[(int)digit];
        }

        return new Ksuid(new string(text));
    }
}
