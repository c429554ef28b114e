using CsCheck;

namespace Baton.CommandLine.Tests.Parsing;

public class FlagParserTests
{
    [Theory]
    [InlineData("--file", "x")]
    [InlineData("--file=x")]
    [InlineData("-f", "x")]
    [InlineData("-fx")]
    [InlineData("-f=x")]
    [InlineData("-pf", "x")]
    [InlineData("-pfx")]
    [InlineData("--file", "earlier", "-f", "x")]
    public async Task Parse_String_TakesEveryForm(params string[] words)
    {
        var invocation = await SampleProgram.CallAsync(words);

        Assert.Equal("x", invocation.Flags.Get(SampleProgram.File));
        Assert.True(invocation.Flags.IsSet("file"));
    }

    [Theory]
    [InlineData(true, "-p")]
    [InlineData(true, "--provisioning")]
    [InlineData(true, "--provisioning=T")]
    [InlineData(false, "--provisioning=0")]
    [InlineData(false, "-p=FALSE")]
    [InlineData(false, "-p", "--provisioning=false")]
    public async Task Parse_Boolean_IsTrueUnlessToldOtherwise(bool expected, params string[] words)
    {
        var invocation = await SampleProgram.CallAsync(words);

        Assert.Equal(expected, invocation.Flags.Get(SampleProgram.Provisioning));
        Assert.True(invocation.Flags.IsSet("provisioning"));
    }

    [Theory]
    [InlineData("a|b|c", "--types", "a,b", "--types=c")]
    [InlineData("a,b|c", "--types", "\"a,b\",c")]
    [InlineData("", "--types", "")]
    [InlineData("a", "--types=a", "--types", "")]
    public async Task Parse_List_Appends(string expected, params string[] words)
    {
        var invocation = await SampleProgram.CallAsync(words);

        Assert.Equal(expected, string.Join('|', invocation.Flags.Get(SampleProgram.Types)));
    }

    [Fact]
    public async Task Parse_ValueThatLooksLikeAFlag_IsAValue()
    {
        var invocation = await SampleProgram.CallAsync("--hostname", "--file", "--workers", "-1");

        Assert.Equal("--file", invocation.Flags.Get(SampleProgram.Hostname));
        Assert.Equal(-1, invocation.Flags.Get(SampleProgram.Workers));
    }

    [Theory]
    [InlineData("unknown flag: --x", "--x")]
    [InlineData("unknown flag: --x", "--x=1")]
    [InlineData("bad flag syntax: --", "--=x")]
    [InlineData("bad flag syntax: ---x", "---x")]
    [InlineData("flag needs an argument: --hostname", "--hostname")]
    [InlineData("flag needs an argument: 'f' in -f", "-pf")]
    [InlineData("unknown shorthand flag: 'x' in -x", "-x")]
    [InlineData("unknown shorthand flag: 'x' in -xf", "-pxf")]
    [InlineData("unknown shorthand flag: 'u' in -u…", "-phunter2")]
    [InlineData("unknown shorthand flag: 'x' in -x…", "-x=hunter2")]
    [InlineData("unknown flag: --H…", "--Hunter2")]
    [InlineData("bad flag syntax: ---password", "---password=hunter2")]
    [InlineData("""invalid argument "abc" for "--workers" flag: strconv.ParseInt: parsing "abc": invalid syntax""", "--workers", "abc")]
    [InlineData(
        """invalid argument "maybe" for "-p, --provisioning" flag: strconv.ParseBool: parsing "maybe": invalid syntax""",
        "--provisioning=maybe")]
    [InlineData(
        """invalid argument "a\"b" for "--types" flag: parse error on line 1, column 2: bare " in non-quoted field""", "--types", "a\"b")]
    public async Task Parse_WrongLine_IsRefusedInTheFamiliarWords(string message, params string[] words)
        => Assert.Equal(message, (await SampleProgram.RefuseAsync(words)).Message);

    [Fact]
    public async Task Parse_LineWrittenFromValues_GivesTheValuesBack()
        => await Gen.Select(Gen.String.Where(text => text.Length > 0), Gen.Long, Gen.Bool, Gen.String.Array, Gen.Bool)
            .SampleAsync(async (text, number, truth, list, joined) =>
            {
                string[] words =
                [
                    .. joined ? [$"--file={text}", $"--workers={number}"] : new[] { "-f", text, "--workers", number.ToString() },
                    $"--provisioning={(truth ? "1" : "f")}",
                    .. list.Select(item => $"--types=\"{item.Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
                ];

                var flags = (await SampleProgram.CallAsync(words)).Flags;

                Assert.Equal(text, flags.Get(SampleProgram.File));
                Assert.Equal(number, flags.Get(SampleProgram.Workers));
                Assert.Equal(truth, flags.Get(SampleProgram.Provisioning));
                Assert.Equal(list, flags.Get(SampleProgram.Types));
            }, iter: 500);
}
