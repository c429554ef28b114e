using System.Text.RegularExpressions;

namespace Baton.Documentation.Tests.Errors;

/// <summary>A text with gaps: what a program says, or what a page says that it says.</summary>
internal sealed partial record TextPattern
{
    /// <summary>Stands for whatever is filled in.</summary>
    public const char Gap = '…';

    private TextPattern(string text) => Text = text;

    /// <summary>The text with a <see cref="Gap"/> wherever something is filled in, blanks and line breaks as one blank.</summary>
    public string Text { get; }

    /// <summary>How much of it is always the same.</summary>
    public int Known => Text.Count(character => char.IsLetterOrDigit(character));

    public static TextPattern Of(string text) => new(Gaps().Replace(Blanks().Replace(text, " ").Trim(), $"{Gap}"));

    /// <summary>Whether the other one is an instance of this: where this has a gap, it may have anything.</summary>
    public bool Covers(TextPattern other)
        => Regex.IsMatch(other.Text, $"^{string.Join(".*", Text.Split(Gap).Select(Regex.Escape))}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    public override string ToString() => Text;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"…(?:\s?…)*")]
    private static partial Regex Gaps();
}
