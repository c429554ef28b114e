using System.Globalization;
using System.Text;

namespace Podium.Look;

/// <summary>
/// Names come from target systems, where anybody may choose them. What would hide, turn around or break the text beside it is shown by its number.
/// </summary>
internal static class Plain
{
    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.EnumerateRunes().All(IsSeen) && !text.Contains('\uFFFD', StringComparison.Ordinal) && IsWhole(text))
        {
            return text ?? "";
        }

        var plain = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
            {
                plain.Append($"⟨U+{(int)rest[0]:X4}⟩");
            }
            else if (IsSeen(rune))
            {
                plain.Append(rune);
            }
            else
            {
                plain.Append($"⟨U+{rune.Value:X4}⟩");
            }

            rest = rest[length..];
        }

        return plain.ToString();
    }

    /// <summary>Up to two letters or digits, for the picture of somebody or something.</summary>
    public static string Initials(string? name)
    {
        var words = (name ?? "").Split([' ', '.', '-', '_', '@'], StringSplitOptions.RemoveEmptyEntries);
        var first = words.Select(FirstLetter).Where(letter => letter is not null).ToList();
        return first.Count switch
        {
            0 => "?",
            1 => first[0]!,
            _ => first[0] + first[^1],
        };
    }

    private static string? FirstLetter(string word)
        => word.EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(rune => Rune.ToUpperInvariant(rune).ToString()).FirstOrDefault();

    private static bool IsWhole(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                return false;
            }
        }

        return true;
    }

    // The joiner of emoji (U+200D) is of the kind Format as the overrides are, and is needed to write some scripts.
    private static bool IsSeen(Rune rune) => rune.Value is 0x200D or 0x200C || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
