using Baton.Evidence.Sheets.Inputs;

namespace Baton.Evidence.Review.Decisions;

/// <summary>A sheet as it comes back from the reviewers: CSV or XLSX, with its columns in any order, and perhaps more of them.</summary>
public static class DecisionSheet
{
    private static readonly string[] Required =
    [
        ReviewColumns.RowId, ReviewColumns.AccountId, ReviewColumns.ResourceId, ReviewColumns.Role, ReviewColumns.GrantId, ReviewColumns.Source,
        ReviewColumns.Decision,
    ];

    private static readonly string[] Optional =
    [
        ReviewColumns.NewRole, ReviewColumns.Reason, ReviewColumns.DecidedBy, ReviewColumns.DecidedOn, ReviewColumns.Ticket, "system", "first_seen",
    ];

    /// <summary>The rows, one after the other. Rows without any text are passed over.</summary>
    /// <exception cref="EvidenceException">The file is not such a sheet.</exception>
    public static IEnumerable<SheetRow> Read(string path) => IsCsv(path) ? ReadCsv(path) : ReadXlsx(path);

    private static bool IsCsv(string path)
    {
        using var file = SheetFile.Open(path);
        Span<byte> start = stackalloc byte[4];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return Path.GetExtension(path).ToLowerInvariant() is var extension
            && extension is not (".xlsx" or ".xlsm" or ".xls" or ".ods")
            && !(length == 4 && start.SequenceEqual("PK\u0003\u0004"u8));
    }

    private static IEnumerable<SheetRow> ReadCsv(string path)
    {
        using var csv = CsvReader.Open(path);
        var header = csv.Read() ?? throw new EvidenceException($"{path} is empty", EvidenceError.BadInput);
        var columns = Columns(header.Index().Select(cell => (cell.Index, cell.Item)));
        RequireAll(path, columns);
        while (csv.Read() is { } cells)
        {
            yield return new(csv.Row, "", columns.ToDictionary(
                column => column.Key, column => column.Value < cells.Count ? cells[column.Value].Trim() : "", StringComparer.Ordinal));
        }
    }

    private static IEnumerable<SheetRow> ReadXlsx(string path)
    {
        using var workbook = XlsxReader.Open(path);
        var found = false;
        foreach (var (name, part) in workbook.Sheets)
        {
            Dictionary<string, int>? columns = null;
            foreach (var (row, cells) in workbook.Rows(part))
            {
                if (columns is null)
                {
                    // Other sheets of the workbook have other columns, and lack the one that makes this sheet what it is.
                    columns = Columns(cells.Select(cell => (cell.Key, cell.Value)));
                    if (!columns.ContainsKey(ReviewColumns.RowId) || !columns.ContainsKey(ReviewColumns.Decision))
                    {
                        break;
                    }

                    RequireAll(path, columns);
                    found = true;
                }
                else if (cells.Count > 0)
                {
                    yield return new(row, name, columns.ToDictionary(
                        column => column.Key, column => cells.GetValueOrDefault(column.Value)?.Trim() ?? "", StringComparer.Ordinal));
                }
            }
        }

        if (!found)
        {
            throw new EvidenceException($"{path} has no sheet with the columns \"{ReviewColumns.RowId}\" and \"{ReviewColumns.Decision}\"", EvidenceError.BadInput);
        }
    }

    private static Dictionary<string, int> Columns(IEnumerable<(int Index, string Name)> header)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, name) in header)
        {
            var known = Required.Concat(Optional).FirstOrDefault(wanted => wanted.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (known is not null)
            {
                columns.TryAdd(known, index);
            }
        }

        return columns;
    }

    private static void RequireAll(string path, Dictionary<string, int> columns)
    {
        if (Required.Where(name => !columns.ContainsKey(name)).ToList() is { Count: > 0 } missing)
        {
            throw new EvidenceException(
                $"{path} lacks the column{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}; is it the sheet that \"baton review\" wrote?", EvidenceError.BadInput);
        }
    }
}

/// <summary>One row of the sheet: what was there, and what was filled in.</summary>
/// <param name="Row">As the spreadsheet numbers it.</param>
/// <param name="Sheet">The name of the sheet; empty in a CSV.</param>
public sealed record SheetRow(int Row, string Sheet, IReadOnlyDictionary<string, string> Cells)
{
    public string this[string column] => Cells.GetValueOrDefault(column, "");

    public string Place => Sheet.Length is 0 || Sheet == Formats.XlsxReview.DecisionSheet ? $"row {Row}" : $"sheet {Sheet}, row {Row}";
}
