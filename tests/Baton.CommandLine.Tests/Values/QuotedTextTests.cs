using System.Text;
using Baton.CommandLine.Values;

namespace Baton.CommandLine.Tests.Values;

public class QuotedTextTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("tab\tline\n", "\"tab\\tline\\n\"")]
    [InlineData("\u0001\u007f", "\"\\x01\\x7f\"")]
    [InlineData("é日😀", "\"é日😀\"")]
    [InlineData("\u00a0\u200b", "\"\\u00a0\\u200b\"")]
    public void Quote_Text_EscapesWhatDoesNotPrint(string text, string expected) => Assert.Equal(expected, QuotedText.Quote(text));

    [Fact]
    public void Quote_Character_StandsInSingleQuotes() => Assert.Equal("'\\''", QuotedText.Quote(new Rune('\'')));
}
