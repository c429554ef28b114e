using System.Text;
using Baton.CommandLine.Values;

namespace Baton.CommandLine.Parsing;

/// <summary>Reads the flags of one command out of its words, and keeps the rest as arguments.</summary>
internal sealed class FlagParser(FlagSet flags)
{
    private readonly FlagValues _values = new();
    private readonly List<string> _arguments = [];

    public (FlagValues Values, List<string> Arguments) Parse(List<string> words)
    {
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            if (word is "--")
            {
                _arguments.AddRange(words[(index + 1)..]);
                break;
            }

            var next = index + 1 < words.Count ? words[index + 1] : null;
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                index += ReadLong(word, next);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                index += ReadShort(word[1..], next);
            }
            else
            {
                _arguments.Add(word);
            }
        }

        return (_values, _arguments);
    }

    /// <summary>Gives how many of the following words were used up.</summary>
    private int ReadLong(string word, string? next)
    {
        var equals = word.IndexOf('=');
        var name = equals < 0 ? word[2..] : word[2..equals];
        if (name.Length == 0 || name[0] == '-')
        {
            throw new UsageException($"bad flag syntax: --{(IsName(name) ? name : "…")}");
        }

        if (flags.Find(name) is not { } flag)
        {
            var nearest = Spelling.Nearest(name, flags.Names);
            throw new UsageException($"unknown flag: --{(IsName(name) ? name : $"{Rune.GetRuneAt(name, 0)}…")}", nearest is null ? null : $"did you mean \"--{nearest}\"?");
        }

        if (equals >= 0)
        {
            _values.Accept(flag, word[(equals + 1)..]);
            return 0;
        }

        if (!flag.TakesValue)
        {
            _values.Accept(flag, "true");
            return 0;
        }

        _values.Accept(flag, next ?? throw new UsageException($"flag needs an argument: --{name}"));
        return 1;
    }

    // Other words than names may be a value that begins with dashes.
    internal static bool IsName(string word) => word.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '_');

    /// <summary>
    /// Letters of flags without a value may be joined, and the value of the last one too: <c>-pf=x</c>, <c>-pfx</c>, <c>-pf x</c>.
    /// Gives how many of the following words were used up.
    /// </summary>
    private int ReadShort(string letters, string? next)
    {
        var word = letters;
        for (; letters.Length > 0; letters = letters[1..])
        {
            var flag = flags.Find(letters[0]) ?? throw UnknownLetter(word, letters);
            if (letters.Length > 2 && letters[1] == '=')
            {
                _values.Accept(flag, letters[2..]);
                return 0;
            }

            if (!flag.TakesValue)
            {
                _values.Accept(flag, "true");
                continue;
            }

            if (letters.Length > 1)
            {
                _values.Accept(flag, letters[1..]);
                return 0;
            }

            _values.Accept(flag, next ?? throw new UsageException(
                $"flag needs an argument: {QuotedText.Quote(new Rune(letters[0]))} in -{letters}"));
            return 1;
        }

        return 0;
    }

    /// <summary>A long flag with one dash, or a value joined to a letter. What may be a value, and secret, is not shown.</summary>
    private UsageException UnknownLetter(string word, string letters)
    {
        var unknown = Rune.GetRuneAt(letters, 0);
        var shown = letters.Length <= 2 && !letters.Contains('=') ? letters : $"{unknown}\u2026";
        var nearest = word.Length > 2 ? Spelling.Nearest(word.Split('=')[0], flags.Names) : null;
        return new($"unknown shorthand flag: {QuotedText.Quote(unknown)} in -{shown}", nearest is null ? null : $"did you mean \"--{nearest}\"?");
    }
}
