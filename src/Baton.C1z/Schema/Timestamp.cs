using System.Globalization;

namespace Baton.C1z.Schema;

/// <summary>
/// Times as the file has them: the writer's local wall clock without a zone, <c>2026-11-23 10:40:25.1647087</c>, trailing zeros of the
/// fraction left out. Every reader compares them as text, and takes them for UTC when it shows them.
/// </summary>
internal static class Timestamp
{
    private const string Layout = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    private static readonly string[] Accepted =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd",
    ];

    public static string Format(DateTimeOffset local) => local.DateTime.ToString(Layout, CultureInfo.InvariantCulture);

    /// <param name="seconds">A time of whole seconds.</param>
    /// <param name="nanoseconds">What is to be added to it, less than a second. A file has all nine digits of it.</param>
    public static string Format(DateTimeOffset seconds, int nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanoseconds, 999_999_999);
        var whole = seconds.DateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return nanoseconds == 0 ? whole : $"{whole}.{nanoseconds.ToString("D9", CultureInfo.InvariantCulture).AsSpan().TrimEnd('0')}";
    }

    /// <summary>The time as readers show it, in UTC; null when the text is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var zoned = text.EndsWith(" +0000 UTC", StringComparison.Ordinal) ? text[..^" +0000 UTC".Length] : text;
        return DateTimeOffset.TryParseExact(
            ToTicks(zoned), Accepted, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    /// <summary>The nanoseconds, 0 to 99, that <see cref="Parse"/> had to leave out; 0 when the text is no time.</summary>
    public static int ExtraNanoseconds(string? text)
    {
        if (Parse(text) is null || text!.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot))
        {
            return 0;
        }

        var digits = text.AsSpan(dot + 1);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        digits = end < 0 ? digits : digits[..end];
        return (10 * Digit(digits, 7)) + Digit(digits, 8);
    }

    private static int Digit(ReadOnlySpan<char> digits, int index) => index < digits.Length ? digits[index] - '0' : 0;

    // Upstream writes nanoseconds; a .NET time has seven digits.
    private static string ToTicks(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return text;
        }

        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - dot - 1 > 7 ? string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end)) : text;
    }
}
