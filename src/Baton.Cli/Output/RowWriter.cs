using System.Text.Json;

namespace Baton.Cli.Output;

/// <summary>Prints rows in the format that was asked for, while they are read.</summary>
internal abstract class RowWriter<T> : IDisposable
{
    public static RowWriter<T> Of(ListFormat format, RowKind<T> kind, ProgramHost host)
    {
        var chosen = format.Choose(kind.Columns);
        return format.Format switch
        {
            OutputFormat.Json => new Json(kind, Element(format, kind, chosen), host.Output),
            OutputFormat.JsonLines => new JsonLines(Element(format, kind, chosen), host.Output),
            OutputFormat.Csv => new Separated(host.Output, CsvDialect.Default, chosen, format.HasHeader),
            OutputFormat.Tsv => new Separated(host.Output, CsvDialect.Default with { Separator = '\t' }, chosen, format.HasHeader),
            OutputFormat.Markdown => new Markdown(new MarkdownTable(host.Output, [.. chosen.Select(column => column.Title)], format.HasHeader), chosen, kind.Totals),
            _ => new Table(new TableWriter<T>(host.Output, chosen, host.Terminal, format.HasHeader), kind.Totals),
        };
    }

    public abstract void Write(T row);

    /// <summary>Prints what is still held back, and what stands after the last row.</summary>
    public virtual void End()
    {
    }

    public virtual void Dispose()
    {
    }

    private static Action<Utf8JsonWriter, T> Element(ListFormat format, RowKind<T> kind, IReadOnlyList<Column<T>> columns)
    {
        // An object has each of its members once.
        IReadOnlyList<Column<T>> members = [.. columns.Distinct()];
        return !format.IsFlat ? kind.Form.WriteJson : (json, row) =>
        {
            json.WriteStartObject();
            foreach (var column in members)
            {
                json.WriteString(column.Name, column.Text(row));
            }

            json.WriteEndObject();
        };
    }

    private sealed class Json(RowKind<T> kind, Action<Utf8JsonWriter, T> element, TextWriter output) : RowWriter<T>
    {
        private readonly JsonDocumentWriter _document = new(output);
        private bool _hasRows;

        public override void Write(T row)
        {
            _hasRows = true;
            _document.WriteElement(kind.JsonName, row, element);
        }

        public override void End()
        {
            if (!_hasRows && !kind.Form.OmitsEmptyList)
            {
                _document.WriteEmptyList(kind.JsonName);
            }

            _document.EndList();
        }

        public override void Dispose()
        {
            _document.Dispose();
            base.Dispose();
        }
    }

    private sealed class JsonLines(Action<Utf8JsonWriter, T> element, TextWriter output) : RowWriter<T>
    {
        private readonly JsonDocumentWriter _document = new(output);

        public override void Write(T row) => _document.WriteLine(row, element);

        public override void End() => _document.EndLines();

        public override void Dispose()
        {
            _document.Dispose();
            base.Dispose();
        }
    }

    private sealed class Table(TableWriter<T> table, IReadOnlyList<T> totals) : RowWriter<T>
    {
        public override void Write(T row) => table.Write(row);

        public override void End()
        {
            foreach (var total in totals)
            {
                table.Write(total);
            }

            table.End();
        }
    }

    private sealed class Markdown(MarkdownTable table, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> totals) : RowWriter<T>
    {
        public override void Write(T row) => table.Row([.. columns.Select(column => column.Text(row))]);

        public override void End()
        {
            foreach (var total in totals)
            {
                Write(total);
            }
        }
    }

    private sealed class Separated : RowWriter<T>
    {
        private readonly CsvWriter _csv;
        private readonly IReadOnlyList<Column<T>> _columns;

        public Separated(TextWriter output, CsvDialect dialect, IReadOnlyList<Column<T>> columns, bool hasHeader)
        {
            _csv = new CsvWriter(output, dialect);
            _columns = columns;
            if (hasHeader)
            {
                _csv.Row([.. columns.Select(column => column.Name)]);
            }
        }

        public override void Write(T row)
        {
            foreach (var column in _columns)
            {
                _csv.Cell(column.Text(row));
            }

            _csv.EndRow();
        }
    }
}
