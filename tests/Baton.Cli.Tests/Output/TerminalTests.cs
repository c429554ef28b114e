using Baton.Cli.Output;

namespace Baton.Cli.Tests.Output;

public sealed class TerminalTests
{
    [Theory]
    [InlineData(null, "xterm", true)]
    [InlineData("", "xterm", true)]
    [InlineData("1", "xterm", false)]
    [InlineData("0", "xterm", false)]
    [InlineData(null, "dumb", false)]
    [InlineData(null, null, false)]
    public void AllowsColours_Environment_Decides(string? noColor, string? term, bool expected)
        => Assert.Equal(expected, Terminal.AllowsColours(name => name switch { "NO_COLOR" => noColor, "TERM" => term, _ => null }));
}
