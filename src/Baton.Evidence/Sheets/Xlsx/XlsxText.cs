using System.Globalization;
using System.Text;

namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>Names and texts, as Excel takes them.</summary>
public static class XlsxText
{
    private const int LongestSheetName = 31;

    /// <summary>A, B, … Z, AA: the name of a column, counted from 0.</summary>
    public static string ColumnName(int index)
    {
        var name = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        {
            name = (char)('A' + ((rest - 1) % 26)) + name;
        }

        return name;
    }

    /// <summary>The name without what Excel refuses in it, cut so that it fits with the suffix.</summary>
    public static string SheetName(string wanted, string suffix)
    {
        var clean = string.Concat(Clean(wanted).Select(character => character is '[' or ']' or ':' or '*' or '?' or '/' or '\\' ? ' ' : character)).Trim(' ', '\'');
        var room = LongestSheetName - suffix.Length;
        clean = clean.Length == 0 ? "Sheet" : clean.Length > room ? clean[..room] : clean;
        return clean + suffix;
    }

    /// <summary>The day as Excel counts it: 1 is 1900-01-01, and 1900 was a leap year.</summary>
    public static double Serial(DateTimeOffset time) => (time.UtcDateTime - new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc)).TotalDays;

    /// <summary>Without the characters that XML 1.0 cannot hold at all; broken halves of a character become the replacement character.</summary>
    public static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && rune.Value is not (0xFFFE or 0xFFFF))
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }
}
