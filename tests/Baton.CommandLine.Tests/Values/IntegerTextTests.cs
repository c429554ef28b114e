using Baton.CommandLine.Values;
using CsCheck;

namespace Baton.CommandLine.Tests.Values;

public class IntegerTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-12", -12)]
    [InlineData("+12", 12)]
    [InlineData("0x1F", 31)]
    [InlineData("-0o17", -15)]
    [InlineData("017", 15)]
    [InlineData("0b101", 5)]
    [InlineData("1_000", 1000)]
    [InlineData("0_7", 7)]
    [InlineData("0x_ff", 255)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0x7fffffffffffffff", long.MaxValue)]
    public void Parse_LiteralOfGo_IsRead(string text, long expected) => Assert.Equal(expected, IntegerText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("1__0")]
    [InlineData("0x")]
    [InlineData("08")]
    [InlineData("0b2")]
    [InlineData("1e3")]
    [InlineData("--1")]
    public void Parse_AnythingElse_IsInvalidSyntax(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => IntegerText.Parse(text));

        Assert.Equal($"strconv.ParseInt: parsing \"{text}\": invalid syntax", refusal.Message);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("0xffffffffffffffffff")]
    public void Parse_TooLarge_IsOutOfRange(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => IntegerText.Parse(text));

        Assert.Equal($"strconv.ParseInt: parsing \"{text}\": value out of range", refusal.Message);
    }

    [Fact]
    public void Parse_DecimalText_GivesTheNumberBack() => Gen.Long.Sample(number => IntegerText.Parse(number.ToString()) == number);
}
