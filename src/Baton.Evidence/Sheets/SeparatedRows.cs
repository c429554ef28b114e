namespace Baton.Evidence.Sheets;

/// <summary>Values with a separator between them.</summary>
internal sealed class SeparatedRows<T> : RowWriter<T>
{
    private readonly CsvWriter _csv;
    private readonly IReadOnlyList<Column<T>> _columns;
    private readonly bool _isShown;

    public SeparatedRows(RowSelection<T> rows, TextWriter output, CsvDialect dialect)
    {
        _csv = new CsvWriter(output, dialect);
        _columns = rows.Columns;
        _isShown = rows.IsShown;
        if (rows.HasHeader)
        {
            _csv.Header(_columns);
        }
    }

    public override void Write(T row)
    {
        if (!_isShown)
        {
            _csv.Row(_columns, row);
            return;
        }

        _csv.Row([.. _columns.Select(column => DisplayText.Neutralise(column.Text(row)))]);
    }
}
