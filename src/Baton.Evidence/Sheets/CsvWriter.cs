using System.Buffers;

namespace Baton.Evidence.Sheets;

/// <summary>Writes comma-separated values: RFC 4180, quotes only where they are needed.</summary>
public sealed class CsvWriter(TextWriter output, CsvDialect dialect)
{
    private readonly SearchValues<char> _quoted = SearchValues.Create([dialect.Separator, '"', '\n', '\r']);
    private bool _inRow;

    public void Cell(string? text)
    {
        if (_inRow)
        {
            output.Write(dialect.Separator);
        }

        _inRow = true;
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        // A spreadsheet calculates what begins like a formula, and these texts come from whoever could choose a name. OWASP: CSV injection.
        var prefix = dialect.KeepFormulas || text[0] is not ('=' or '+' or '-' or '@' or '\t' or '\r') ? "" : "'";
        if (text.AsSpan().IndexOfAny(_quoted) < 0)
        {
            output.Write(prefix);
            output.Write(text);
            return;
        }

        output.Write('"');
        output.Write(prefix);
        output.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
    }

    public void EndRow()
    {
        output.Write(dialect.NewLine);
        _inRow = false;
    }

    /// <summary>The names of columns, as programs call them.</summary>
    public void Header<T>(IReadOnlyList<Column<T>> columns) => Row([.. columns.Select(column => column.Name)]);

    public void Row<T>(IReadOnlyList<Column<T>> columns, T row)
    {
        foreach (var column in columns)
        {
            Cell(column.Text(row));
        }

        EndRow();
    }

    public void Row(params ReadOnlySpan<string?> cells)
    {
        foreach (var cell in cells)
        {
            Cell(cell);
        }

        EndRow();
    }
}

/// <summary>What differs between the files that go by the name of CSV.</summary>
public sealed record CsvDialect
{
    public static CsvDialect Default { get; } = new();

    public char Separator { get; init; } = ',';

    /// <summary>RFC 4180 has CR LF; everything but Excel on Windows is content with either.</summary>
    public string NewLine { get; init; } = "\n";

    /// <summary>Leaves texts that a spreadsheet would take for a formula as they are, instead of putting an apostrophe in front.</summary>
    public bool KeepFormulas { get; init; }
}
