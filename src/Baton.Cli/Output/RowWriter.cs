using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Cli.Output;

/// <summary>Prints rows in the format that was asked for, while they are read.</summary>
internal abstract class RowWriter<T> : IDisposable
    where T : IMessage
{
    public static RowWriter<T> Of(ListFormat format, string jsonName, IReadOnlyList<Column<T>> columns, ProgramHost host)
    {
        var chosen = format.Choose(columns);
        return format.Format switch
        {
            OutputFormat.Json => new Json(jsonName, format.IsFlat ? row => Flatten(row, chosen) : row => row, host.Output),
            OutputFormat.JsonLines => new JsonLines(format.IsFlat ? row => Flatten(row, chosen) : row => row, host.Output),
            OutputFormat.Csv => new Separated(host.Output, CsvDialect.Default, chosen, format.HasHeader),
            OutputFormat.Tsv => new Separated(host.Output, CsvDialect.Default with { Separator = '\t' }, chosen, format.HasHeader),
            OutputFormat.Markdown => new Markdown(new MarkdownTable(host.Output, [.. chosen.Select(column => column.Title)]), chosen),
            _ => new Table(new TableWriter<T>(host.Output, chosen, host.Terminal, format.HasHeader)),
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

    private static Struct Flatten(T row, IReadOnlyList<Column<T>> columns)
    {
        var flat = new Struct();
        foreach (var column in columns)
        {
            flat.Fields[column.Name] = Value.ForString(column.Text(row));
        }

        return flat;
    }

    private sealed class Json(string name, Func<T, IMessage> element, TextWriter output) : RowWriter<T>
    {
        private readonly JsonDocumentWriter _document = new(output);

        public override void Write(T row) => _document.WriteElement(name, element(row));

        public override void End() => _document.EndList();

        public override void Dispose()
        {
            _document.Dispose();
            base.Dispose();
        }
    }

    private sealed class JsonLines(Func<T, IMessage> element, TextWriter output) : RowWriter<T>
    {
        private readonly JsonDocumentWriter _document = new(output);

        public override void Write(T row) => _document.WriteLine(element(row));

        public override void End() => _document.EndLines();

        public override void Dispose()
        {
            _document.Dispose();
            base.Dispose();
        }
    }

    private sealed class Table(TableWriter<T> table) : RowWriter<T>
    {
        public override void Write(T row) => table.Write(row);

        public override void End() => table.End();
    }

    private sealed class Markdown(MarkdownTable table, IReadOnlyList<Column<T>> columns) : RowWriter<T>
    {
        public override void Write(T row) => table.Row([.. columns.Select(column => column.Text(row))]);
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
