namespace Baton.Evidence.Sheets;

/// <summary>Values with a separator between them.</summary>
internal sealed class SeparatedRows<T> : RowWriter<T>
{
    private readonly CsvWriter _csv;
    private readonly IReadOnlyList<Column<T>> _columns;

    public SeparatedRows(RowSelection<T> rows, TextWriter output, CsvDialect dialect)
    {
        _csv = new CsvWriter(output, dialect);
        _columns = rows.Columns;
        if (rows.HasHeader)
        {
            _csv.Header(_columns);
        }
    }

    public override void Write(T row) => _csv.Row(_columns, row);
}
