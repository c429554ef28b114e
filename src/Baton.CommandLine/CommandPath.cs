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

    /// <summary>
    /// A word that is none of the commands may be a secret that stands where it should not. It is shown when it is nearly the name of one;
    /// of others it is said where they stand.
    /// </summary>
    /// <param name="word">As it was given.</param>
    /// <param name="place">Where, in words that go behind the sentence.</param>
    public UsageException UnknownCommand(string word, string place = "")
    {
        var nearest = NearestCommand(word);
        return nearest is not null || word is "true" or "false"
            ? new($"unknown command {QuotedText.Quote(word)} for {QuotedText.Quote(FullName)}", nearest is null ? null : $"did you mean \"{nearest}\"?")
            : new($"unknown command for {QuotedText.Quote(FullName)}{place}");
    }

    /// <param name="words">Those that the unknown one is among, without the names of commands before it.</param>
    /// <param name="index">Which it is.</param>
    internal UsageException UnknownCommand(IReadOnlyList<string> words, int index)
        // Behind a flag it may be a value, or what comes behind a blank in one: half of a password.
        => UnknownCommand(words[index], words.Take(index).LastOrDefault(IsFlag) is { } flag
            ? $", behind {NameOf(flag)}: a value with blanks belongs in quotation marks"
            : $": word {index + 1 + Depth} of the command line is neither a command nor a flag");

    /// <summary>A word that was given for a command, if it is one or nearly so; else a sign in its place.</summary>
    internal string Shown(string word) => Find(word) is not null || NearestCommand(word) is not null ? word : "…";

    private int Depth => _parent is null ? 0 : _parent.Depth + 1;

    private string? NearestCommand(string word) => Spelling.Nearest(word, Command.Commands.Where(command => !command.Hidden).Select(command => command.Name));

    // What begins with dashes may be a value as well.
    private static string NameOf(string flag)
        => !flag.StartsWith("--", StringComparison.Ordinal) ? flag[..2]
            : flag.Split('=')[0] is var name && FlagParser.IsName(name[2..]) ? name
            : "a flag";

    private static bool IsFlag(string word) => word.Length > 1 && word[0] == '-' && word != "--";
}
