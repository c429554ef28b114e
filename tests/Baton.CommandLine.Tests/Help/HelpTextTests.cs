namespace Baton.CommandLine.Tests.Help;

public class HelpTextTests
{
    private const string RootHelp = """
        baton-grafana

        Usage:
          baton-grafana [flags]
          baton-grafana [command]

        Available Commands:
          capabilities Print what it can do
          completion   Print a completion script for a shell
          diff         Compare
          health-check Ask for the health
          help         Print the help of a command
          man          Print the manual page of a command

        Flags:
          -f, --file string       the file (default "sync.c1z")
          -h, --help              print this help
              --hostname string   required: where it is ($BATON_HOSTNAME)
          -p, --provisioning      allow changes
              --types strings     which types
          -v, --version           print the version
              --workers int       how many at once

        Run "baton-grafana [command] --help" to read about one command.

        """;

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("-p", "--help", "--version")]
    public async Task Write_Root_ListsCommandsAndFlagsInOrder(params string[] words)
    {
        var program = new SampleProgram();

        Assert.Equal(0, await program.RunAsync(words));

        Assert.Equal(RootHelp, program.Output);
    }

    [Theory]
    [InlineData("health-check", "--help")]
    [InlineData("help", "health-check")]
    public async Task Write_Command_TellsItsFlagsFromInheritedOnes(params string[] words)
    {
        var program = new SampleProgram();

        Assert.Equal(0, await program.RunAsync(words));

        Assert.Equal(
            """
            Ask for the health

            Usage:
              baton-grafana health-check [flags]

            Flags:
                  --endpoint name   what to ask (default "health")
              -h, --help            print this help

            Global Flags:
              -f, --file string     the file (default "sync.c1z")
              -p, --provisioning    allow changes
                  --types strings   which types
                  --workers int     how many at once

            """,
            program.Output);
    }

    [Fact]
    public async Task Write_CommandWithArguments_NamesThem()
    {
        var program = new SampleProgram();

        await program.RunAsync("diff", "-h");

        Assert.Contains("  baton-grafana diff OLD NEW [flags]\n", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_UnknownTopic_ShowsTheUsageAndSucceeds()
    {
        var program = new SampleProgram();

        Assert.Equal(0, await program.RunAsync("help", "x"));

        Assert.StartsWith("Unknown help topic [`…`]\nUsage:\n  baton-grafana [flags]\n", program.Error, StringComparison.Ordinal);
        Assert.Equal("", program.Output);
    }

    [Theory]
    [InlineData("Unknown help topic [`…`]\n", "help", "password=hunter2")]
    [InlineData("Unknown help topic [`capabilites` `…`]\n", "help", "capabilites", "hunter2")]
    [InlineData("Unknown help topic [`…`]\n", "help", "--file=my", "hunter2")]
    public async Task Help_TopicThatMayBeASecret_IsNotRepeated(string line, params string[] words)
    {
        var program = new SampleProgram();

        await program.RunAsync(words);

        Assert.StartsWith(line, program.Error, StringComparison.Ordinal);
    }
}
