using System.Globalization;
using System.Text;

namespace Baton.Evidence.Sheets;

/// <summary>Text from a file, made fit to be shown on one line of a terminal.</summary>
public static class DisplayText
{
    /// <summary>What lays out a text of several lines.</summary>
    public const string Layout = "\n\r\t";

    /// <summary>
    /// Names come from the target system, where anybody may have chosen them. Characters that would move the cursor, recolour the
    /// screen, break the line or turn the direction of writing are spelled out, such as <c>\n</c> and <c>\u001b</c>.
    /// </summary>
    public static string Neutralise(string text) => Spell(text, kept: "");

    /// <summary>The same, but that some characters stay as they are, and what is beyond 16 bits is spelled in two halves, as in JSON.</summary>
    public static string Spell(string text, string kept)
    {
        var start = FirstHarmful(text, kept);
        if (start < 0)
        {
            return text;
        }

        var result = new StringBuilder(text, 0, start, text.Length + 16);
        foreach (var rune in text.AsSpan(start).EnumerateRunes())
        {
            if (IsHarmful(rune, kept))
            {
                Spell(result, rune, asPair: kept.Length > 0);
            }
            else
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }

    /// <summary>How many cells of a terminal the text takes.</summary>
    public static int Width(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }

        return width;
    }

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis.</summary>
    public static string Truncate(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        var result = new StringBuilder(width);
        var left = width - 1;
        foreach (var rune in text.EnumerateRunes())
        {
            left -= Width(rune);
            if (left < 0)
            {
                break;
            }

            result.Append(rune);
        }

        return result.Append('…').ToString();
    }

    private static int FirstHarmful(string text, string kept)
    {
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isHalf = rune.Utf16SequenceLength == 1 && char.IsSurrogate(text[position]);
            if (isHalf || IsHarmful(rune, kept))
            {
                return position;
            }

            position += rune.Utf16SequenceLength;
        }

        return -1;
    }

    private static bool IsHarmful(Rune rune, string kept) => IsHarmful(rune) && !(rune.IsAscii && kept.Contains((char)rune.Value, StringComparison.Ordinal));

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,

        // The joiners are part of how several scripts, and composed emoji, are written.
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => false,
    };

    private static void Spell(StringBuilder result, Rune rune, bool asPair) => result.Append(rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        > 0xFFFF when asPair => string.Concat(rune.ToString().Select(half => $"\\u{(int)half:x4}")),
        > 0xFFFF => $"\\U{rune.Value:x8}",
        _ => $"\\u{rune.Value:x4}",
    });

    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    // East Asian Wide and Fullwidth, and emoji, in coarse blocks. Source: Unicode's EastAsianWidth.txt.
    private static bool IsWide(int value) => value >= 0x1100 && value
        is <= 0x115F
        or (>= 0x2E80 and <= 0xA4CF and not 0x303F)
        or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1F64F)
        or (>= 0x1F680 and <= 0x1F6FF)
        or (>= 0x1F900 and <= 0x1F9FF)
        or (>= 0x20000 and <= 0x3FFFD);
}
