using System.Text.RegularExpressions;

namespace Baton.Documentation.Tests.Errors;

/// <summary>The page that says what to do about a text: tables whose first column holds texts, with a gap for what varies.</summary>
internal static partial class Troubleshooting
{
    public const string Path = "docs/troubleshooting.md";

    // A text of which less is known could be anything, and stands for itself alone.
    private const int LeastKnown = 8;

    public static bool Covers(TextPattern entry, TextPattern text) => entry.Known < LeastKnown ? entry == text : entry.Covers(text);

    public static IReadOnlyList<TextPattern> Entries { get; } = [.. Read()];

    private static IEnumerable<TextPattern> Read()
    {
        foreach (var line in File.ReadLines(Repository.PathOf(Path)).Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = line.Trim('|').Split(" | ");
            Assert.True(cells.Length == 3 && Array.TrueForAll(cells, cell => cell.Trim().Length > 0), $"not a text, a cause and a remedy: {line}");
            foreach (Match text in Code().Matches(cells[0]))
            {
                yield return TextPattern.Of(text.Groups["text"].Value);
            }
        }
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
