using Google.Protobuf;

namespace Baton.Cli.Output;

/// <summary>Prints rows in the format that was asked for, while they are read.</summary>
internal abstract class RowWriter<T> : IDisposable
    where T : IMessage
{
    public static RowWriter<T> Of(OutputFormat format, string jsonName, IReadOnlyList<Column<T>> columns, ProgramHost host)
        => format == OutputFormat.Json
            ? new Json(jsonName, host.Output)
            : new Table(new TableWriter<T>(host.Output, columns, host.Terminal));

    public abstract void Write(T row);

    public abstract void End();

    public virtual void Dispose()
    {
    }

    private sealed class Json(string name, TextWriter output) : RowWriter<T>
    {
        private readonly JsonDocumentWriter _document = new(output);

        public override void Write(T row) => _document.WriteElement(name, row);

        public override void End() => _document.EndList();

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
}
