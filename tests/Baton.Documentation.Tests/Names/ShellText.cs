using System.Text;

namespace Baton.Documentation.Tests.Names;

/// <summary>Shell text as words: enough to see which program is called with what. Expansions stay as they are written.</summary>
internal static class ShellText
{
    private static readonly string[] Introductions = ["then", "do", "else", "if", "while", "!", "exec", "sudo", "timeout"];

    /// <summary>The commands of a text, each its words.</summary>
    public static IEnumerable<IReadOnlyList<string>> Commands(string text)
    {
        foreach (var command in Split(text.Replace("\\\n", " ", StringComparison.Ordinal)))
        {
            var words = command.SkipWhile(word => IsAssignment(word) || Array.IndexOf(Introductions, word) >= 0).ToList();
            if (words.Count > 0)
            {
                yield return words;
            }
        }
    }

    private static bool IsAssignment(string word) => word.IndexOf('=') is var equals and > 0 && word[..equals].All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_');

    private static IEnumerable<List<string>> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var started = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
                word.Append(character == quote || quote == '\0' ? "" : character);
            }
            else if (character is '\'' or '"')
            {
                (quote, started) = (character, true);
            }
            else if (character == '#' && !started && word.Length == 0)
            {
                index = text.IndexOf('\n', index) is var end and >= 0 ? end - 1 : text.Length;
            }
            else if (character is ' ' or '\t')
            {
                EndWord();
            }
            else if (character is '\n' or ';' or '|' or '&' or '(' or ')')
            {
                EndWord();
                if (words.Count > 0)
                {
                    yield return words;
                    words = [];
                }
            }
            else
            {
                word.Append(character);
            }
        }

        EndWord();
        if (words.Count > 0)
        {
            yield return words;
        }

        void EndWord()
        {
            if (started || word.Length > 0)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            started = false;
        }
    }
}
