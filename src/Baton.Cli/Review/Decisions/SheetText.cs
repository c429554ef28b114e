namespace Baton.Cli.Review.Decisions;

/// <summary>Compares what a sheet holds with what was written into it.</summary>
internal static class SheetText
{
    /// <summary>
    /// An apostrophe in front of what would be a formula, spaces around and kinds of line breaks are what exporting and spreadsheets do, and make no difference.
    /// </summary>
    public static bool IsSame(string cell, string written)
    {
        var expected = Normal(written);
        var found = Normal(cell);
        return found == expected || (found.StartsWith('\'') && Normal(found[1..]) == expected);
    }

    private static string Normal(string text)
        => string.Concat(text.ReplaceLineEndings("\n").Where(character => character is '\n' or '\t' || !char.IsControl(character))).Trim();
}
