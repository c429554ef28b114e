using Baton.Evidence.Sheets;

namespace Baton.Evidence.Tests.Sheets;

public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("a=b", "a=b")]
    public void Cell_Text_IsQuotedAndInert(string text, string expected) => Assert.Equal($"{expected},end\n", Write(CsvDialect.Default, text, "end"));

    [Fact]
    public void Cell_FormulasKept_AreAsTheyWere()
        => Assert.Equal("=1+1,\"-a,b\"\n", Write(CsvDialect.Default with { KeepFormulas = true }, "=1+1", "-a,b"));

    [Fact]
    public void Row_OtherDialect_HasItsSeparatorAndLineEnd()
        => Assert.Equal("a,b\t\"c\td\"\r\n", Write(new CsvDialect { Separator = '\t', NewLine = "\r\n" }, "a,b", "c\td"));

    private static string Write(CsvDialect dialect, params string[] cells)
    {
        using var output = new StringWriter();
        new CsvWriter(output, dialect).Row(cells);
        return output.ToString();
    }
}
