namespace Baton.Evidence.Sheets;

/// <summary>A table for tickets and wikis.</summary>
internal sealed class MarkdownRows<T>(RowSelection<T> rows, TextWriter output) : RowWriter<T>
{
    private readonly MarkdownTable _table = new(output, [.. rows.Columns.Select(column => column.Title)], rows.HasHeader);

    public override void Write(T row) => _table.Row([.. rows.Columns.Select(column => column.Text(row))]);

    public override void End()
    {
        foreach (var total in rows.Kind.Totals)
        {
            Write(total);
        }
    }
}
