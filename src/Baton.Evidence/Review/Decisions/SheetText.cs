using System.Globalization;

namespace Baton.Evidence.Review.Decisions;

/// <summary>Compares what a sheet holds with what was written into it.</summary>
internal static class SheetText
{
    // Which of two numbers between slashes is the month differs by country.
    private static readonly string[] DayForms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy"];

    /// <summary>
    /// An apostrophe in front of what would be a formula, spaces around and kinds of line breaks are what exporting and spreadsheets do, and make no difference.
    /// </summary>
    public static bool IsSame(string cell, string written)
    {
        var expected = Normal(written);
        var found = Normal(cell);
        return found == expected || (found.StartsWith('\'') && Normal(found[1..]) == expected);
    }

    /// <summary>
    /// A day as <c>yyyy-MM-dd</c>, where a spreadsheet has turned it into its number, or into a form of its country that can mean only one day.
    /// Whatever else stands there is left as it is.
    /// </summary>
    public static string Day(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is > 20_000 and < 100_000)
        {
            return $"{new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc).AddDays(Math.Floor(serial)):yyyy-MM-dd}";
        }

        // Behind the day, spreadsheets like to put a time.
        var day = text.Split([' ', 'T'])[0];
        var found = DayForms.Where(form => DateOnly.TryParseExact(day, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .Select(form => DateOnly.ParseExact(day, form, CultureInfo.InvariantCulture)).Distinct().ToList();
        return found is [var only] ? $"{only:yyyy-MM-dd}" : text;
    }

    private static string Normal(string text)
        => string.Concat(text.ReplaceLineEndings("\n").Where(character => character is '\n' or '\t' || !char.IsControl(character))).Trim();
}
