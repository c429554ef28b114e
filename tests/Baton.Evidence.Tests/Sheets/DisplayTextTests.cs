using Baton.Evidence.Sheets;

namespace Baton.Evidence.Tests.Sheets;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("Zoë Ärzte 字 😀", "Zoë Ärzte 字 😀")]
    [InlineData("a\nb\rc\td", "a\\nb\\rc\\td")]
    [InlineData("\u001b]0;title\u0007", "\\u001b]0;title\\u0007")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("abc\u202etxt.exe", "abc\\u202etxt.exe")]
    [InlineData("a\u2028b\u2029", "a\\u2028b\\u2029")]
    [InlineData("\ufeffx\u200b", "\\ufeffx\\u200b")]
    [InlineData("👩\u200d💻", "👩\u200d💻")]
    [InlineData("\0", "\\u0000")]
    public void Neutralise_HarmfulCharacters_AreSpelledOut(string text, string expected)
        => Assert.Equal(expected, DisplayText.Neutralise(text));

    [Fact]
    public void Neutralise_HalfACharacter_IsReplaced()
        => Assert.Equal("a\ufffd\\n", DisplayText.Neutralise("a\ud83d\n"));

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("Zoë", 3)]
    [InlineData("Zoe\u0308", 3)]
    [InlineData("字字", 4)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("😀", 2)]
    public void Width_CountsCells(string text, int expected) => Assert.Equal(expected, DisplayText.Width(text));

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("字字字", 5, "字字…")]
    [InlineData("字字字", 4, "字…")]
    public void Truncate_TooWide_EndsInAnEllipsis(string text, int width, string expected)
        => Assert.Equal(expected, DisplayText.Truncate(text, width));
}
