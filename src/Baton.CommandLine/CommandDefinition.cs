namespace Baton.CommandLine;

/// <summary>A command, its flags, and the commands below it. The root of the tree stands for the program.</summary>
public sealed class CommandDefinition
{
    public required string Name { get; init; }

    /// <summary>One line, shown in the list of commands above this one.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Heads the command's own help; the summary when empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Makes <c>-v</c>/<c>--version</c> known; looked at on the root only.</summary>
    public string? Version { get; init; }

    /// <summary>Works, but help and completion do not mention it.</summary>
    public bool Hidden { get; init; }

    public IReadOnlyList<Flag> Flags { get; init; } = [];

    public IReadOnlyList<CommandDefinition> Commands { get; init; } = [];

    /// <summary>What its manual page says besides.</summary>
    public IReadOnlyList<ManualSection> Manual { get; init; } = [];

    /// <summary>None by default.</summary>
    public PositionalArguments Arguments { get; init; } = PositionalArguments.None;

    /// <summary>Without one, the command prints its help.</summary>
    public CommandHandler? Handler { get; init; }
}
