namespace Baton.CommandLine.Values;

/// <summary>Go's integer literals, with a sign: <c>12</c>, <c>-0x1f</c>, <c>0o17</c>, <c>017</c>, <c>0b1</c>, <c>1_000</c>.</summary>
internal static class IntegerText
{
    public static long Parse(string text)
    {
        var digits = text.AsSpan();
        var negative = digits is ['-', ..];
        if (digits is ['-' or '+', ..])
        {
            digits = digits[1..];
        }

        var radix = Radix(ref digits, out var underscoreMayLead);
        if (!TryReadMagnitude(digits, radix, underscoreMayLead, out var magnitude, out var overflow))
        {
            throw Failure(text, "invalid syntax");
        }

        var limit = negative ? 1UL << 63 : long.MaxValue;
        if (overflow || magnitude > limit)
        {
            throw Failure(text, "value out of range");
        }

        return negative ? unchecked(-(long)magnitude) : (long)magnitude;
    }

    private static FormatException Failure(string text, string reason)
        => new($"strconv.ParseInt: parsing {QuotedText.Quote(text)}: {reason}");

    private static uint Radix(ref ReadOnlySpan<char> digits, out bool underscoreMayLead)
    {
        underscoreMayLead = false;
        if (digits is not ['0', var mark, ..])
        {
            return 10;
        }

        underscoreMayLead = true;
        var radix = mark switch
        {
            'x' or 'X' => 16u,
            'o' or 'O' => 8u,
            'b' or 'B' => 2u,
            _ => 0u,
        };
        digits = digits[(radix == 0 ? 1 : 2)..];
        return radix == 0 ? 8 : radix;
    }

    /// <summary>Underscores stand between digits, or between a prefix and a digit; nowhere else.</summary>
    private static bool TryReadMagnitude(
        ReadOnlySpan<char> digits, uint radix, bool underscoreMayFollow, out ulong magnitude, out bool overflow)
    {
        magnitude = 0;
        overflow = false;
        var endsInDigit = false;
        foreach (var character in digits)
        {
            if (character == '_')
            {
                if (!underscoreMayFollow)
                {
                    return false;
                }

                underscoreMayFollow = false;
                endsInDigit = false;
                continue;
            }

            if (!char.IsAsciiHexDigit(character) || DigitValue(character) is var digit && digit >= radix)
            {
                return false;
            }

            underscoreMayFollow = true;
            endsInDigit = true;
            overflow |= magnitude > (ulong.MaxValue - digit) / radix;
            magnitude = unchecked((magnitude * radix) + digit);
        }

        return endsInDigit;
    }

    private static uint DigitValue(char character)
        => char.IsAsciiDigit(character) ? (uint)(character - '0') : (uint)((character | 0x20) - 'a' + 10);
}
