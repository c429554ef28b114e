namespace Baton.Credentials.Age;

/// <summary>The text form of age's keys: Bech32 of BIP 173 in lower case, of any length.</summary>
internal static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;

    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>The bytes behind the prefix; null when it is another text than an encoder would have made of any bytes.</summary>
    public static byte[]? Decode(string prefix, string text)
    {
        if (!text.StartsWith(prefix + "1", StringComparison.Ordinal) || text.Length < prefix.Length + 1 + ChecksumLength)
        {
            return null;
        }

        var digits = text[(prefix.Length + 1)..].Select(character => Alphabet.IndexOf(character, StringComparison.Ordinal)).ToArray();
        return Array.TrueForAll(digits, digit => digit >= 0) && Checksum(prefix, digits) == 1 ? ToBytes(digits.AsSpan(0, digits.Length - ChecksumLength)) : null;
    }

    /// <summary>The text of bytes, in lower case.</summary>
    public static string Encode(string prefix, ReadOnlySpan<byte> bytes)
    {
        var digits = new List<int>((bytes.Length * 8 / 5) + 1);
        var (pending, bits) = (0, 0);
        foreach (var value in bytes)
        {
            pending = (pending << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                digits.Add((pending >> (bits - 5)) & 31);
            }

            pending &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            digits.Add((pending << (5 - bits)) & 31);
        }

        var checksum = Checksum(prefix, [.. digits, .. new int[ChecksumLength]]) ^ 1;
        digits.AddRange(Enumerable.Range(0, ChecksumLength).Select(index => (int)((checksum >> (5 * (ChecksumLength - 1 - index))) & 31)));
        return $"{prefix}1{string.Concat(digits.Select(digit => Alphabet[digit]))}";
    }

    // The text with a right checksum gives 1.
    private static uint Checksum(string prefix, int[] digits)
    {
        var checksum = 1u;
        foreach (var value in prefix.Select(character => character >> 5).Append(0).Concat(prefix.Select(character => character & 31)).Concat(digits))
        {
            var top = checksum >> 25;
            checksum = ((checksum & 0x1ffffff) << 5) ^ (uint)value;
            for (var bit = 0; bit < Generator.Length; bit++)
            {
                checksum ^= ((top >> bit) & 1) == 1 ? Generator[bit] : 0;
            }
        }

        return checksum;
    }

    // From groups of 5 bits to groups of 8. What is left over is less than a group, and zero.
    private static byte[]? ToBytes(ReadOnlySpan<int> digits)
    {
        var bytes = new List<byte>(digits.Length * 5 / 8);
        var pending = 0;
        var bits = 0;
        foreach (var digit in digits)
        {
            pending = (pending << 5) | digit;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(pending >> bits));
                pending &= (1 << bits) - 1;
            }
        }

        return bits < 5 && pending == 0 ? [.. bytes] : null;
    }
}
