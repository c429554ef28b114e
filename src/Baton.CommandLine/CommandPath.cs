using Baton.CommandLine.Parsing;
using Baton.CommandLine.Values;

namespace Baton.CommandLine;

/// <summary>A command together with the commands that lead to it, which is what decides the flags it understands.</summary>
internal sealed class CommandPath
{
    private readonly CommandPath? _parent;

    public CommandPath(CommandDefinition command, CommandPath? parent = null)
    {
        Command = command;
        _parent = parent;
        Flags = new FlagSet(OwnFlags().Concat(InheritedFlags()));
    }

    public CommandDefinition Command { get; }

    public bool IsRoot => _parent is null;

    public CommandPath Root => _parent?.Root ?? this;

    /// <summary>The names from the program's on, separated by spaces.</summary>
    public string FullName => _parent is null ? Command.Name : $"{_parent.FullName} {Command.Name}";

    /// <summary>Every flag that may stand on a command line of this command.</summary>
    public FlagSet Flags { get; }

    public IEnumerable<Flag> OwnFlags()
    {
        yield return BuiltInFlags.Help;
        if (IsRoot && Command.Version is not null)
        {
            // A program may want -v for itself.
            yield return Command.Flags.Any(flag => flag.Short == 'v') ? BuiltInFlags.LongVersion : BuiltInFlags.Version;
        }

        foreach (var flag in Command.Flags)
        {
            yield return flag;
        }
    }

    public IEnumerable<Flag> InheritedFlags()
        => _parent is null ? [] : _parent.Command.Flags.Where(flag => flag.Persistent).Concat(_parent.InheritedFlags());

    public IEnumerable<CommandPath> VisibleCommands()
        => Command.Commands.Where(command => !command.Hidden)
            .OrderBy(command => command.Name, StringComparer.Ordinal)
            .Select(command => new CommandPath(command, this));

    public CommandPath? Find(string name)
        => Command.Commands.FirstOrDefault(command => name.Equals(command.Name, StringComparison.Ordinal)) is { } found
            ? new CommandPath(found, this)
            : null;

    public UsageException UnknownCommand(string name)
    {
        name = WithoutValue(name);
        var nearest = Spelling.Nearest(name, Command.Commands.Where(command => !command.Hidden).Select(command => command.Name));
        return new UsageException(
            $"unknown command {QuotedText.Quote(name)} for {QuotedText.Quote(FullName)}",
            nearest is null ? null : $"did you mean \"{nearest}\"?");
    }

    /// <param name="words">Those that the unknown one is among.</param>
    /// <param name="index">Which it is.</param>
    internal UsageException UnknownCommand(IReadOnlyList<string> words, int index)
        => MayBeAValue(words, index)
            ? new UsageException($"unknown command for {QuotedText.Quote(FullName)}, behind {NameOf(words.Take(index).Last(IsFlag))}: a value with blanks belongs in quotation marks")
            : UnknownCommand(words[index]);

    // Behind a flag it may be a value, or what comes behind a blank in one: half of a password.
    private bool MayBeAValue(IReadOnlyList<string> words, int index)
        => words[index] is not ("true" or "false") && words.Take(index).Any(IsFlag)
            && Spelling.Nearest(words[index], Command.Commands.Where(command => !command.Hidden).Select(command => command.Name)) is null;

    /// <summary>Of a flag without its dashes, what is behind the = may be a secret.</summary>
    internal static string WithoutValue(string word) => word.IndexOf('=') is > -1 and var equals ? $"{word[..equals]}=…" : word;

    private static string NameOf(string flag) => flag.StartsWith("--", StringComparison.Ordinal) ? flag.Split('=')[0] : flag[..2];

    private static bool IsFlag(string word) => word.Length > 1 && word[0] == '-' && word != "--";
}
