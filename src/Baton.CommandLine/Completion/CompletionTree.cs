namespace Baton.CommandLine.Completion;

/// <summary>
/// What a completion script has to know of a program. The scripts are static, so all of it is written into them; they walk
/// over the words typed so far, skipping the values of flags, to find the command that the cursor is in.
/// </summary>
internal sealed class CompletionTree
{
    private CompletionTree(string program, List<Node> nodes)
    {
        Program = program;
        Nodes = nodes;
    }

    public string Program { get; }

    /// <summary>The program's name as part of a shell function's.</summary>
    public string Identifier => string.Concat(Program.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));

    /// <summary>Whether the script says what commands and flags are for, where the shell shows it.</summary>
    public bool HasDescriptions { get; init; } = true;

    /// <summary>The visible commands, the root first.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The keys of all commands but the root.</summary>
    public IEnumerable<string> CommandKeys => Nodes.Skip(1).Select(node => node.Key);

    /// <summary>Every spelling of every flag that is followed by its value.</summary>
    public IEnumerable<string> ValuedFlags => Nodes.SelectMany(node => node.Flags).Where(flag => flag.TakesValue)
        .SelectMany(Spellings).Distinct(StringComparer.Ordinal);

    public static CompletionTree Of(CommandPath root, bool hasDescriptions)
    {
        var nodes = new List<Node>();
        Add("", root, nodes);
        return new CompletionTree(root.Command.Name, nodes) { HasDescriptions = hasDescriptions };
    }

    public static IEnumerable<string> Spellings(Flag flag)
        => flag.Short is { } letter ? [$"--{flag.Name}", $"-{letter}"] : [$"--{flag.Name}"];

    /// <summary>What the script says of a command or flag; empty for nothing.</summary>
    public string Describe(string description) => HasDescriptions ? description : "";

    private static void Add(string key, CommandPath path, List<Node> nodes)
    {
        var flags = path.OwnFlags().Concat(path.InheritedFlags()).Where(flag => !flag.Hidden)
            .OrderBy(flag => flag.Name, StringComparer.Ordinal).ToList();
        var commands = path.VisibleCommands().ToList();
        nodes.Add(new Node(key, commands.ConvertAll(command => command.Command), flags));
        foreach (var command in commands)
        {
            Add($"{key}/{command.Command.Name}", command, nodes);
        }
    }

    /// <summary>One command.</summary>
    /// <param name="Key">Empty for the root, else the names below it, each after a slash.</param>
    /// <param name="Commands">The commands that may come next.</param>
    /// <param name="Flags">The flags that may come next.</param>
    public sealed record Node(string Key, IReadOnlyList<CommandDefinition> Commands, IReadOnlyList<Flag> Flags);
}
