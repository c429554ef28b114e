using Baton.CommandLine.Values;

namespace Baton.CommandLine.Tests.Values;

public class ListTextTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n", new string[0])]
    [InlineData("org user", new[] { "org user" })]
    [InlineData("org,user", new[] { "org", "user" })]
    [InlineData("org, user,", new[] { "org", " user", "" })]
    [InlineData("org,user\n", new[] { "org", "user" })]
    [InlineData("org\r\nuser\r\n", new[] { "org", "user" })]
    [InlineData("\"a,b\",\"say \"\"hi\"\"\",\"x\ny\"", new[] { "a,b", "say \"hi\"", "x\ny" })]
    [InlineData("\"a\"\r\nb", new[] { "a", "b" })]
    [InlineData("\"\"", new[] { "" })]
    public void Parse_Commas_Separate(string text, string[] expected) => Assert.Equal(expected, ListText.Parse(text));

    [Theory]
    [InlineData("a\"b", "parse error on line 1, column 2: bare \" in non-quoted field")]
    [InlineData("\"a\"b", "parse error on line 1, column 4: extraneous or missing \" in quoted-field")]
    [InlineData("\"ab", "parse error on line 1, column 4: extraneous or missing \" in quoted-field")]
    public void Parse_StrayQuote_IsRefused(string text, string message)
        => Assert.Equal(message, Assert.Throws<FormatException>(() => ListText.Parse(text)).Message);
}
