using Podium.Inventory;

namespace Podium.Tests.Inventory;

public sealed class SearchableTextTests
{
    [Theory]
    [InlineData("\uFF21\uFF24\uFF21 \uFF11\uFF12", "ada 12")]
    [InlineData("\uFB01le o\uFB03ce", "file office")]
    [InlineData("e\u0301tat", "\u00E9tat")]
    [InlineData("\u2163 \u2460 \u212B", "iv 1 \u00E5")]
    [InlineData("\uFF76\uFF9E", "\u30AC")]
    [InlineData("STRASSE Straße", "strasse straße")]
    [InlineData("\U0001F600 \U0001D400", "\U0001F600 a")]
    public void Of_OtherFormsOfTheSame_AreOneText(string text, string searched) => Assert.Equal(searched, SearchableText.Of(text));

    [Fact]
    public void Of_HalfACharacter_IsReplaced() => Assert.Equal("\uFFFDab\u00E9", SearchableText.Of("\uD800aB\u00C9"));

    [Fact]
    public void Of_Twice_ChangesNothing()
    {
        // Every character that .NET knows of in the first plane.
        for (var character = 0x20; character < 0xD800; character++)
        {
            var once = SearchableText.Of($"{(char)character}");
            Assert.True(once == SearchableText.Of(once), $"U+{character:X4}: {once}");
        }
    }
}
