namespace Baton.Evidence.Sheets;

/// <summary>A table as GitHub, GitLab and most wikis read it. Texts stay texts: none becomes a link, a picture or markup.</summary>
internal sealed class MarkdownTable
{
    private readonly TextWriter _output;

    /// <param name="hasHeader">Without one, the rows are to go below those of another table.</param>
    public MarkdownTable(TextWriter output, IReadOnlyList<string> titles, bool hasHeader = true)
    {
        _output = output;
        if (hasHeader)
        {
            Row(titles);
            _output.Write($"|{string.Concat(Enumerable.Repeat("---|", titles.Count))}\n");
        }
    }

    public void Row(params IReadOnlyList<string> cells)
    {
        _output.Write('|');
        foreach (var cell in cells)
        {
            _output.Write(' ');
            foreach (var character in DisplayText.Neutralise(cell))
            {
                if (character is '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '&' or '#' or '~' or '!')
                {
                    _output.Write('\\');
                }

                _output.Write(character);
            }

            _output.Write(" |");
        }

        _output.Write('\n');
    }
}
