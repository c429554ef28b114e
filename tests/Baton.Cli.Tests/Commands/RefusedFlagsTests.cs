using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>A flag that a command could only ignore is a mistake of whoever gave it, and said to be one.</summary>
public sealed class RefusedFlagsTests : IDisposable
{
    private readonly TemporaryFile _file = FeatureFile.Create();

    [Theory]
    [InlineData("check", "csv")]
    [InlineData("check", "tsv")]
    [InlineData("check", "markdown")]
    [InlineData("diff --mode parity --left x --right y", "csv")]
    [InlineData("diff --mode parity --left x --right y", "jsonl")]
    [InlineData("diff --format upstream", "markdown")]
    [InlineData("recalculate-stats", "json")]
    [InlineData("optimize", "json")]
    [InlineData("dump-db", "json")]
    [InlineData("export csv", "json")]
    [InlineData("export c1z", "csv")]
    [InlineData("review --out x", "json")]
    [InlineData("review --out - --format csv", "json")]
    public async Task OutputFormat_NotOfTheCommand_IsRefused(string command, string format)
        => Assert.Matches("--output-format|printed as", (await Start(command, "-o", format)).Failed());

    [Theory]
    [InlineData("optimize")]
    [InlineData("recalculate-stats")]
    public async Task OutputFormat_OfTheEnvironment_DoesNotStopWhatPrintsNoList(string command)
        => Assert.Equal(0, (await Cli.RunIn([("BATON_OUTPUT_FORMAT", "json")], command, "-f", _file.Path)).ExitCode);

    [Theory]
    [InlineData("optimize", "--sync-id x")]
    [InlineData("dump-db", "--sync-id x")]
    [InlineData("export c1z", "--allow-unfinished")]
    [InlineData("recalculate-stats", "--allow-unfinished")]
    public async Task SyncFlags_CommandAboutTheFile_AreRefused(string command, string flags)
        => Assert.Equal(
            $"Error: {flags.Split(' ')[0]} is for commands that show one sync, which this one does not: leave it out",
            (await Start(command, flags.Split(' '))).Failed());

    [Theory]
    [InlineData("diff --scope grant", "--scope is of --mode parity; leave it out")]
    [InlineData("diff -t user", "--resource-type is of --mode parity; leave it out")]
    [InlineData("diff --mode parity --left x --right y --only grants", "--only is not of --mode parity; leave it out")]
    public async Task Diff_FlagOfTheOtherMode_IsRefused(string command, string expected)
        => Assert.Equal($"Error: {expected}", (await Start(command)).Failed());

    [Fact]
    public async Task Check_JsonLines_IsOneLine()
    {
        var result = await Start("check", "-o", "jsonl");

        Assert.Equal("warn", (string?)JsonNode.Parse(Assert.Single(result.Lines))!["verdict"]);
    }

    public void Dispose() => _file.Dispose();

    private Task<CliResult> Start(string command, params string[] flags) => Cli.Run([.. command.Split(' '), "-f", _file.Path, .. flags]);
}
