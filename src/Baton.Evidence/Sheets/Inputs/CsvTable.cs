namespace Baton.Evidence.Sheets.Inputs;

/// <summary>A list with a header, such as of people: rows by the names of their columns, whose order does not matter.</summary>
internal static class CsvTable
{
    /// <param name="required">The columns that must be there.</param>
    /// <exception cref="EvidenceException">The file cannot be read, or lacks a column.</exception>
    public static IEnumerable<(int Row, Func<string, string> Cell)> Read(string path, IReadOnlyList<string> required)
    {
        using var reader = CsvReader.Open(path);
        var header = (reader.Read() ?? throw new EvidenceException($"{path} is empty", EvidenceError.BadInput)).Select(name => name.Trim()).ToList();
        foreach (var name in required)
        {
            if (!header.Exists(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new EvidenceException($"{path} has no column \"{name}\"; it needs {string.Join(", ", required)}", EvidenceError.BadInput);
            }
        }

        while (reader.Read() is { } cells)
        {
            yield return (reader.Row, name =>
            {
                var column = header.FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
                return column >= 0 && column < cells.Count ? cells[column].Trim() : "";
            }
            );
        }
    }
}
