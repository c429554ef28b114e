using System.Text;
using Baton.C1z.Reading;
using Baton.Evidence.Sheets;
using Baton.Evidence.Sheets.Xlsx;

namespace Baton.Evidence.Exports;

/// <summary>Identities, entitlements and grants as one sheet.</summary>
/// <param name="reader">The sync.</param>
/// <param name="scope">Upstream's columns for accounts; for everybody, more of them.</param>
public sealed class ExportSheet(SyncReader reader, ExportScope scope, CancellationToken cancellationToken)
{
    private const int BufferCharacters = 64 * 1024;

    private readonly IReadOnlyList<Column<ExportRow>> _columns
        = scope == ExportScope.Everybody ? [.. ExportRow.Columns, .. ExportRow.Details] : ExportRow.Columns;

    /// <param name="output">Stays open.</param>
    /// <param name="encoding">UTF-8, with a byte order mark or without.</param>
    public void WriteCsv(Stream output, UTF8Encoding encoding, CsvDialect dialect)
    {
        using var text = new StreamWriter(output, encoding, BufferCharacters, leaveOpen: true);
        var csv = new CsvWriter(text, dialect);
        csv.Row([.. _columns.Select(column => column.Title)]);
        foreach (var row in Rows())
        {
            csv.Row(_columns, row);
        }
    }

    /// <param name="output">Stays open.</param>
    public void WriteXlsx(Stream output)
    {
        using var workbook = new XlsxWorkbook(output, new XlsxProperties { Title = $"Access, sync {reader.Run.Id}", Created = reader.Run.EndedAt });
        var sheet = workbook.AddSheet(new XlsxLayout { Name = "Access", Columns = [.. _columns.Select(column => new XlsxColumn(column.Title, column.Width))], FrozenColumns = 1 });
        foreach (var row in Rows())
        {
            sheet.Row(_columns, row);
        }

        workbook.Complete();
    }

    private IEnumerable<ExportRow> Rows()
    {
        foreach (var row in new ExportRows(reader, scope).All())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
