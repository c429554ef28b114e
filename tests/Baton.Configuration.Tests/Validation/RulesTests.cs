using System.Text.RegularExpressions;
using Baton.Configuration.Validation;

namespace Baton.Configuration.Tests.Validation;

public class RulesTests
{
    public static TheoryData<StringRules, string, string?> Texts => new()
    {
        { new() { Length = 3 }, "ab", "value must be exactly 3 characters long but got 2" },
        { new() { Length = 2 }, "a😀", null },
        { new() { MinLength = 3 }, "ab", "value must be at least 3 characters long but got 2" },
        { new() { MaxLength = 1 }, "ab", "value must be at most 1 characters long but got 2" },
        { new() { Pattern = new Regex("^x+$", RegexOptions.None, TimeSpan.FromSeconds(1)) }, "ab", "value must match pattern ^x+$ but got 'ab'" },
        { new() { Prefix = "x" }, "ab", "value must have prefix 'x' but got 'ab'" },
        { new() { Suffix = "x" }, "ab", "value must have suffix 'x' but got 'ab'" },
        { new() { Contains = "x" }, "ab", "value must contain 'x' but got 'ab'" },
        { new() { OneOf = ["", "sqlite", "pebble"] }, "ab", "value must be one of [ sqlite pebble] but got 'ab'" },
        { new() { OneOf = ["", "sqlite", "pebble"] }, "", null },
        { new() { MinLength = 3 }, "", null },
        { new() { Format = StringFormat.Email }, "a b@c", "value must be a valid email address but got 'a b@c'" },
        { new() { Format = StringFormat.Email }, "a@example.com", null },
        { new() { Format = StringFormat.Uri }, "g:", "value must be a valid URL but got 'g:'" },
        { new() { Format = StringFormat.Uri }, "https://g/x", null },
        { new() { Format = StringFormat.Uuid }, "1", "value must be a valid UUID but got '1'" },
        { new() { Format = StringFormat.Hostname }, "a b", "value must be a valid hostname but got 'a b'" },
        { new() { Format = StringFormat.IpAddress }, "::1", null },
        { new() { Format = StringFormat.Ipv4Address }, "::1", "value must be a valid IPv4 address but got '::1'" },
        { new() { Format = StringFormat.Ipv6Address }, "127.0.0.1", "value must be a valid IPv6 address but got '127.0.0.1'" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void FindProblem_Text(StringRules rules, string value, string? problem)
        => Assert.Equal(problem, new StringField("x") { Rules = rules }.FindProblem(value));

    [Fact]
    public void FindProblem_Secret_IsNotQuoted()
        => Assert.Equal(
            "value must have prefix 'glsa_' but got 'REDACTED'",
            new StringField("x") { Secret = true, Rules = new() { Prefix = "glsa_" } }.FindProblem("hunter2"));

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "value must be greater than or equal to 2 but got 1")]
    [InlineData(2, "value must be greater than 2 but got 2")]
    [InlineData(7, "value must be less than 7 but got 7")]
    [InlineData(8, "value must be less than 7 but got 8")]
    [InlineData(5, null)]
    [InlineData(6, "value must be less than or equal to 5 but got 6")]
    public void FindProblem_Number(long value, string? problem)
    {
        var strict = new IntegerField("x") { Rules = new() { GreaterThan = value == 1 ? null : 2, LessThan = 7, AtLeast = 2, AtMost = 5 } };

        Assert.Equal(problem, strict.FindProblem(value));
    }

    [Fact]
    public void FindProblem_Zero_IsCheckedWhenAsked()
        => Assert.Equal(
            "value must be greater than or equal to 1 but got 0",
            new IntegerField("x") { Rules = new() { AtLeast = 1, CheckZero = true } }.FindProblem(0L));
}
