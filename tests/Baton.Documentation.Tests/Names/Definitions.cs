using Baton.Cli;
using Baton.CommandLine;
using Baton.Configuration;
using Baton.Grafana;
using Baton.Sdk.Hosting;
using Baton.Sdk.Settings;

namespace Baton.Documentation.Tests.Names;

/// <summary>The command lines that there are, from their definitions.</summary>
internal static class Definitions
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static ConfigurationSchema Settings { get; } = StandardConfiguration.SchemaOf(GrafanaProgram.Definition.Schema, new StartupFacts(OutputIsTerminal: false, Start));

    public static CommandPath Connector { get; } = new(CommandRunner.WithBuiltInCommands(ConnectorHost.Commands(GrafanaProgram.Definition, Settings, NoProcess())));

    public static CommandPath Baton { get; } = new(CommandRunner.WithBuiltInCommands(BatonProgram.Root(new ProgramHost(TextWriter.Null, TextWriter.Null, _ => null, Terminal: null))));

    /// <summary>A command and all below it that help shows, in its order.</summary>
    public static IEnumerable<CommandPath> Tree(CommandPath path) => path.VisibleCommands().SelectMany(Tree).Prepend(path);

    public static IEnumerable<Flag> Flags(CommandPath path) => path.OwnFlags().Concat(path.InheritedFlags());

    /// <summary>Nothing of a process: the definitions are looked at and never run.</summary>
    private static ProcessEnvironment NoProcess() => new()
    {
        Variables = _ => null,
        WorkingDirectory = "/",
        Output = Stream.Null,
        Error = Stream.Null,
        Input = Stream.Null,
    };
}
