using System.Globalization;
using System.Text;
using Baton.Evidence.Sheets.Inputs;
using Baton.Evidence.Sheets.Xlsx;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace Baton.Cli.Tests.Review.Decisions;

/// <summary>Fills in a sheet as a person would in a spreadsheet, and saves it as such a program does: not as it was written.</summary>
internal static class DecidedSheet
{
    /// <param name="decide">Gets the number of the row, from 0, and its cells; changes what it likes.</param>
    public static void Csv(string from, string to, Action<int, Dictionary<string, string>> decide, char separator = ',', Encoding? encoding = null)
    {
        using var csv = CsvReader.Open(from);
        var header = csv.Read()!;
        var text = new StringBuilder(string.Join(separator, header)).Append("\r\n");
        for (var i = 0; csv.Read() is { } cells; i++)
        {
            var row = header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            decide(i, row);
            text.AppendJoin(separator, header.Select(name => $"\"{row[name].Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
        }

        File.WriteAllText(to, text.ToString(), encoding ?? new UTF8Encoding(true));
    }

    /// <summary>The same in a workbook, whose texts end up in the table of shared ones.</summary>
    public static void Xlsx(string from, string to, Action<int, Dictionary<string, string>> decide)
    {
        File.Copy(from, to);
        using var document = SpreadsheetDocument.Open(to, isEditable: true);
        var workbook = document.WorkbookPart!;
        var sheet = workbook.Workbook!.Descendants<Sheet>().Single(sheet => sheet.Name == "Review");
        var shared = workbook.AddNewPart<SharedStringTablePart>();
        shared.SharedStringTable = new SharedStringTable();
        var rows = ((WorksheetPart)workbook.GetPartById(sheet.Id!)).Worksheet!.Descendants<Row>().ToList();
        var header = rows[0].Elements<Cell>().Select(cell => cell.InnerText).ToList();
        foreach (var (i, row) in rows.Skip(1).Index())
        {
            var cells = header.ToDictionary(name => name, _ => "", StringComparer.Ordinal);
            foreach (var cell in row.Elements<Cell>())
            {
                cells[header[Column(cell)]] = cell.InnerText;
            }

            decide(i, cells);
            row.RemoveAllChildren();
            foreach (var (column, name) in header.Index().Where(column => cells[column.Item].Length > 0))
            {
                shared.SharedStringTable.AppendChild(new SharedStringItem(new Text(cells[name])));
                row.AppendChild(new Cell
                {
                    CellReference = $"{XlsxText.ColumnName(column)}{i + 2}",
                    DataType = CellValues.SharedString,
                    CellValue = new CellValue((shared.SharedStringTable.ChildElements.Count - 1).ToString(CultureInfo.InvariantCulture)),
                });
            }
        }

        document.Save();
    }

    private static int Column(Cell cell)
        => cell.CellReference!.Value!.TakeWhile(char.IsAsciiLetter).Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1) - 1;
}
