using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>Rows as a table for people.</summary>
internal sealed class TableRows<T>(RowSelection<T> rows, ProgramHost host) : RowWriter<T>
{
    private readonly TableWriter<T> _table = new(host.Output, rows.Columns, host.Terminal, rows.HasHeader);

    public override void Write(T row) => _table.Write(row);

    public override void End()
    {
        foreach (var total in rows.Kind.Totals)
        {
            _table.Write(total);
        }

        _table.End();
    }
}
