using System.Globalization;
using System.Text;

namespace Baton.CommandLine.Values;

/// <summary>Quotes text the way Go's <c>%q</c> does, since scripts and tests look for those exact messages.</summary>
internal static class QuotedText
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            AppendRune(quoted, rune, '"');
        }

        return quoted.Append('"').ToString();
    }

    public static string Quote(Rune rune)
    {
        var quoted = new StringBuilder().Append('\'');
        AppendRune(quoted, rune, '\'');
        return quoted.Append('\'').ToString();
    }

    private static void AppendRune(StringBuilder quoted, Rune rune, char quote)
    {
        if (rune.Value == quote || rune.Value == '\\')
        {
            quoted.Append('\\').Append((char)rune.Value);
        }
        else if (Letter(rune.Value) is { } letter)
        {
            quoted.Append('\\').Append(letter);
        }
        else if (IsPrintable(rune))
        {
            quoted.Append(rune.ToString());
        }
        else
        {
            quoted.Append(rune.Value switch
            {
                < 0x80 => $"\\x{rune.Value:x2}",
                < 0x10000 => $"\\u{rune.Value:x4}",
                _ => $"\\U{rune.Value:x8}",
            });
        }
    }

    private static char? Letter(int value) => value switch
    {
        '\a' => 'a',
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\v' => 'v',
        _ => null,
    };

    // The plain space is the only separator that Go prints as itself.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
