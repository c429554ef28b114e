namespace Baton.CommandLine;

/// <summary>A command line, read: what a handler works from.</summary>
public sealed class Invocation
{
    internal Invocation(CommandPath path, FlagValues flags, IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        Path = path;
        Flags = flags;
        Arguments = arguments;
        Output = output;
        Error = error;
    }

    public CommandDefinition Command => Path.Command;

    public FlagValues Flags { get; }

    /// <summary>What was neither a flag nor a command's name, in order.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    internal CommandPath Path { get; }
}
