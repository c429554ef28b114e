using System.Text.Json;

namespace Baton.Evidence.Sheets;

/// <summary>What is written of rows of one kind. Belongs to one list: its form remembers.</summary>
/// <param name="Columns">In the order in which they are wanted.</param>
public sealed record RowSelection<T>(RowKind<T> Kind, RowForm<T> Form, IReadOnlyList<Column<T>> Columns)
{
    /// <summary>JSON has the columns too, as flat objects of texts, instead of the objects of the form.</summary>
    public bool IsFlat { get; init; }

    public bool HasHeader { get; init; } = true;

    /// <summary>Somebody looks at it, instead of a program: what is harmful in a text is spelled out, also what breaks a line.</summary>
    public bool IsShown { get; init; }

    /// <summary>Writes the rows wherever they go. A table for people is the business of whoever knows where it is shown.</summary>
    public RowWriter<T> Writer(SheetFormat format, TextWriter output) => format switch
    {
        SheetFormat.Json => new JsonRows<T>(this, output),
        SheetFormat.JsonLines => new JsonLineRows<T>(this, output),
        SheetFormat.Csv => new SeparatedRows<T>(this, output, CsvDialect.Default),
        SheetFormat.Tsv => new SeparatedRows<T>(this, output, CsvDialect.Default with { Separator = '\t' }),
        _ => new MarkdownRows<T>(this, output),
    };

    internal Action<Utf8JsonWriter, T> Element()
    {
        // An object has each of its members once.
        IReadOnlyList<Column<T>> members = [.. Columns.Distinct()];
        return !IsFlat ? Form.WriteJson : (json, row) =>
        {
            json.WriteStartObject();
            foreach (var column in members)
            {
                json.WriteString(column.Name, column.Text(row));
            }

            json.WriteEndObject();
        };
    }
}
