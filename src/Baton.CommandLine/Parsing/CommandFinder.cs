namespace Baton.CommandLine.Parsing;

/// <summary>
/// Finds the command that a command line names. Flags may stand before the name, so the words that are values of flags
/// have to be told from names, by the flags known at that point. The flags themselves are read afterwards, by the command found.
/// </summary>
internal static class CommandFinder
{
    /// <summary>Gives the command, and the words left for it once the names are taken out.</summary>
    public static (CommandPath Command, List<string> Words) Find(CommandPath root, IReadOnlyList<string> words)
    {
        var command = root;
        var rest = words.ToList();
        while (FirstName(command.Flags, rest) is { } index)
        {
            if (command.Find(rest[index]) is { } found)
            {
                command = found;
                rest.RemoveAt(index);
                continue;
            }

            // Said before any flag is read: `--some-bool false` is best answered with what became of the `false`.
            if (command.Command.Commands.Count > 0 && command.Command.Arguments.Maximum == 0)
            {
                throw command.UnknownCommand(rest, index);
            }

            break;
        }

        return (command, rest);
    }

    private static int? FirstName(FlagSet flags, List<string> words)
    {
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            if (word is "--")
            {
                return null;
            }

            if (word.Length > 1 && word[0] == '-')
            {
                index += TakesNextWord(flags, word) ? 1 : 0;
            }
            else
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>An unknown flag counts as taking a value: it may belong to the command that is still to be found.</summary>
    private static bool TakesNextWord(FlagSet flags, string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            return !word.Contains('=') && flags.Find(word[2..]) is null or { TakesValue: true };
        }

        for (var position = 1; position < word.Length; position++)
        {
            switch (flags.Find(word[position]))
            {
                case null:
                    return word.Length == 2;
                case { TakesValue: true }:
                    return position == word.Length - 1;
            }
        }

        return false;
    }
}
