namespace Baton.CommandLine.Help;

/// <summary>Writes the help of a command: what it is for, how it is called, the commands below it, its flags.</summary>
internal static class HelpText
{
    // Short names are padded as if they were this long, so that small lists do not look cramped.
    private const int NarrowestNameColumn = 11;

    public static void Write(TextWriter writer, CommandPath path)
    {
        var command = path.Command;
        var heading = command.Description.Length > 0 ? command.Description : command.Summary;
        writer.WriteLine(heading.Length > 0 ? heading : path.FullName);
        writer.WriteLine();
        WriteUsage(writer, path);
    }

    public static void WriteUsage(TextWriter writer, CommandPath path)
    {
        var commands = path.VisibleCommands().ToList();
        WriteCalls(writer, path, commands.Count > 0);
        WriteCommands(writer, commands);
        WriteFlags(writer, "Flags:", path.OwnFlags());
        WriteFlags(writer, "Global Flags:", path.InheritedFlags());
        if (commands.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine($"Run \"{path.FullName} [command] --help\" to read about one command.");
        }
    }

    private static void WriteCalls(TextWriter writer, CommandPath path, bool hasCommands)
    {
        writer.WriteLine("Usage:");
        if (path.Command.Handler is not null || !hasCommands)
        {
            var arguments = path.Command.Arguments.Placeholder;
            writer.WriteLine($"  {path.FullName}{(arguments.Length > 0 ? " " : "")}{arguments} [flags]");
        }

        if (hasCommands)
        {
            writer.WriteLine($"  {path.FullName} [command]");
        }
    }

    private static void WriteCommands(TextWriter writer, List<CommandPath> commands)
    {
        if (commands.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine("Available Commands:");
        var width = Math.Max(NarrowestNameColumn, commands.Max(command => command.Command.Name.Length));
        foreach (var command in commands)
        {
            writer.WriteLine($"  {command.Command.Name.PadRight(width)} {command.Command.Summary}".TrimEnd());
        }
    }

    private static void WriteFlags(TextWriter writer, string title, IEnumerable<Flag> flags)
    {
        var lines = flags.Where(flag => !flag.Hidden).OrderBy(flag => flag.Name, StringComparer.Ordinal)
            .Select(flag => (Syntax: Syntax(flag), Meaning: flag.Meaning)).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(title);
        var width = lines.Max(line => line.Syntax.Length) + 3;
        foreach (var (syntax, meaning) in lines)
        {
            writer.WriteLine((syntax.PadRight(width) + meaning).TrimEnd());
        }
    }

    private static string Syntax(Flag flag)
    {
        var name = flag.Short is { } letter ? $"  -{letter}, --{flag.Name}" : $"      --{flag.Name}";
        var word = flag.Placeholder ?? flag.TypeWord;
        return word.Length == 0 ? name : $"{name} {word}";
    }
}
