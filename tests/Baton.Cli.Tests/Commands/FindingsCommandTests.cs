using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class FindingsCommandTests
{
    private static readonly string Grafana = Fixtures.PathOf(Fixtures.TwoSyncs);

    [Fact]
    public async Task Run_Table_IsSortedBySeverityAndSummedUp()
    {
        var result = await Cli.Run("findings", "-f", Grafana);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("high      DISABLED_WITH_ACCESS", result.Lines[1], StringComparison.Ordinal);
        Assert.Contains("user:2", result.Lines[1], StringComparison.Ordinal);
        Assert.Matches("^[0-9]+ findings, 1 high, 2 low, [0-9]+ info\n$", result.Error);
    }

    [Fact]
    public async Task Run_Json_HoldsTheSameAsTheTable()
    {
        var table = await Cli.Run("findings", "-f", Grafana, "-q");
        var json = (await Cli.Run("findings", "-f", Grafana, "-q", "-o", "json")).Succeeded();
        var csv = (await Cli.Run("findings", "-f", Grafana, "-q", "-o", "csv")).Succeeded();

        Assert.Equal(table.Lines.Length - 1, json.Json["findings"]!.AsArray().Count);
        Assert.Equal(table.Lines.Length, csv.Lines.Length);
    }

    [Theory]
    [InlineData("high", 5)]
    [InlineData("low", 5)]
    public async Task Run_FailOn_TellsByTheExitCode(string severity, int expected)
        => Assert.Equal(expected, (await Cli.Run("findings", "-f", Grafana, "-q", "--fail-on", severity)).ExitCode);

    [Fact]
    public async Task Run_NothingSoBad_Succeeds()
        => (await Cli.Run("findings", "-f", Fixtures.PathOf(Fixtures.Grafana), "-q", "--fail-on", "high")).Succeeded();
}
