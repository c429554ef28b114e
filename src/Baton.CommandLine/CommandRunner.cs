using Baton.CommandLine.Completion;
using Baton.CommandLine.Help;
using Baton.CommandLine.Manual;
using Baton.CommandLine.Parsing;

namespace Baton.CommandLine;

/// <summary>
/// Reads a command line by a tree of definitions and runs the command it names. A program with commands also gets
/// <c>help</c>, <c>man</c> and <c>completion</c>; every command gets <c>-h</c>/<c>--help</c>.
/// </summary>
public sealed class CommandRunner(CommandDefinition root, TextWriter output, TextWriter error)
{
    /// <summary>Runs to the exit code: the handler's, or 0 after help, a version or a script was printed.</summary>
    /// <exception cref="UsageException">The command line is wrong. Nothing was run or written.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var (path, rest) = CommandFinder.Find(new CommandPath(WithBuiltInCommands(root)), words);
        var (flags, arguments) = new FlagParser(path.Flags).Parse(rest);
        if (flags.Get(BuiltInFlags.Help))
        {
            HelpText.Write(output, path);
            return 0;
        }

        if (path.IsRoot && path.Command.Version is { } version && flags.Get(BuiltInFlags.Version))
        {
            await output.WriteLineAsync($"{path.Command.Name} version {version}");
            return 0;
        }

        path.Command.Arguments.Check(arguments, rest, path);
        if (path.Command.Handler is null)
        {
            HelpText.Write(output, path);
            return 0;
        }

        return await path.Command.Handler(new Invocation(path, flags, arguments, output, error), cancellationToken);
    }

    /// <summary>What a program has without defining it.</summary>
    internal static CommandDefinition WithBuiltInCommands(CommandDefinition root) => root.Commands.Count == 0 ? root : new()
    {
        Name = root.Name,
        Summary = root.Summary,
        Description = root.Description,
        Version = root.Version,
        Hidden = root.Hidden,
        Flags = root.Flags,
        Manual = root.Manual,
        Commands = [.. root.Commands, CompletionCommand.Definition, HelpCommand.Definition, ManualCommand.Of(root.Name)],
        Arguments = root.Arguments,
        Handler = root.Handler,
    };
}
