using System.Text;

namespace Baton.CommandLine.Manual;

/// <summary>Writes the source of a manual page in the macros of man(7), which groff and mandoc both know. All text is plain and made safe here.</summary>
internal sealed class RoffWriter
{
    private readonly StringBuilder _text = new();

    public RoffWriter(string name, int section, string source, string manual)
        => _text.Append($".TH \"{Argument(name.ToUpperInvariant())}\" \"{section}\" \"\" \"{Argument(source)}\" \"{Argument(manual)}\"\n");

    public void Section(string title) => _text.Append($".SH \"{Argument(title)}\"\n");

    public void Subsection(string title) => _text.Append($".SS \"{Argument(title)}\"\n");

    /// <summary>Its blank lines separate paragraphs, its lines that begin with a space stay as they are.</summary>
    public void Text(string text)
    {
        foreach (var (index, paragraph) in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Index())
        {
            if (index > 0)
            {
                _text.Append(".PP\n");
            }

            var lines = paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            for (var line = 0; line < lines.Length; line++)
            {
                if (line > 0 && (lines[line].StartsWith(' ') || lines[line - 1].StartsWith(' ')))
                {
                    _text.Append(".br\n");
                }

                _text.Append(Escape(lines[line])).Append('\n');
            }
        }
    }

    /// <summary>A paragraph of which words are set apart.</summary>
    /// <param name="parts">Each in bold, in italics, or as it is.</param>
    public void Line(params IReadOnlyList<RoffText> parts) => _text.Append(Guarded(string.Concat(parts.Select(Format)))).Append('\n');

    public void Break() => _text.Append(".br\n");

    /// <summary>A term and what it means, indented below it.</summary>
    public void Entry(IReadOnlyList<RoffText> term, string meaning)
    {
        _text.Append(".TP\n").Append(Guarded(string.Concat(term.Select(Format)))).Append('\n');
        Text(meaning.Length > 0 ? meaning : "\u00A0");
    }

    public override string ToString() => _text.ToString();

    private static string Format(RoffText part) => part.Style switch
    {
        RoffStyle.Bold => $"\\fB{Inner(part.Text)}\\fR",
        RoffStyle.Italic => $"\\fI{Inner(part.Text)}\\fR",
        _ => Inner(part.Text),
    };

    private static string Escape(string text) => Guarded(Inner(text));

    // At the beginning of a line a dot or an apostrophe would be a command.
    private static string Guarded(string line) => line.StartsWith('.') || line.StartsWith('\'') ? $"\\&{line}" : line;

    private static string Argument(string text) => Inner(text).Replace("\"", "\\(dq", StringComparison.Ordinal);

    /// <summary>A dash is a minus, which can be searched for and copied; what is not ASCII has a name, since old formatters take bytes for Latin-1.</summary>
    private static string Inner(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append(rune.Value switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                '^' => "\\(ha",
                '~' => "\\(ti",
                '`' => "\\(ga",
                '\'' => "\\(aq",
                >= ' ' and < 0x7F => rune.ToString(),
                > 0x7F => $"\\[u{rune.Value:X4}]",
                _ => " ",
            });
        }

        return safe.ToString();
    }
}

/// <summary>A piece of a line.</summary>
internal readonly record struct RoffText(string Text, RoffStyle Style)
{
    public static RoffText Bold(string text) => new(text, RoffStyle.Bold);

    public static RoffText Italic(string text) => new(text, RoffStyle.Italic);

    public static implicit operator RoffText(string text) => new(text, RoffStyle.Plain);
}

internal enum RoffStyle
{
    Plain,
    Bold,
    Italic,
}
