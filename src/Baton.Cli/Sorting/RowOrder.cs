using Baton.C1z;
using Baton.C1z.Sorting;
using Baton.Cli.Output;

namespace Baton.Cli.Sorting;

/// <summary>
/// Brings rows into the order of what their columns say. The rows wait on disk: there may be more than memory should hold. Rows that the
/// columns do not tell apart stay in the order in which they came.
/// </summary>
internal sealed class RowOrder<T>
{
    private const string Descending = ":desc";
    private const string Ascending = ":asc";

    private readonly RowForm<T> _form;
    private readonly List<(Column<T> Column, bool IsDescending)> _fields;

    /// <param name="fields">Names of columns: <c>name</c>, and <c>-name</c> or <c>name:desc</c> for the greatest first.</param>
    /// <exception cref="CliException">A name is none of a column.</exception>
    public RowOrder(IReadOnlyList<string> fields, RowKind<T> kind)
    {
        _form = kind.Form;
        _fields = [.. fields.Select(field => Parse(field, kind.Columns))];
    }

    /// <exception cref="C1zException">The temporary folder is full.</exception>
    public IEnumerable<T> Sort(IEnumerable<T> rows, C1zOptions options, CancellationToken cancellationToken)
        => _fields.Count == 0 ? rows : SortOnDisk(rows, options, cancellationToken);

    private IEnumerable<T> SortOnDisk(IEnumerable<T> rows, C1zOptions options, CancellationToken cancellationToken)
    {
        using var sorter = new RowSorter(options);
        var (key, part) = (new SortKey(), new SortKey());
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            key.Begin();
            foreach (var (column, isDescending) in _fields)
            {
                part.Begin().AppendNatural((column.SortText ?? column.Text)(row));
                _ = isDescending ? key.AppendReversed(part) : key.Append(part);
            }

            sorter.Add(key.Bytes, _form.Encode(row));
        }

        foreach (var sorted in sorter.Rows())
        {
            yield return _form.Decode(sorted.Row);
        }
    }

    private static (Column<T> Column, bool IsDescending) Parse(string field, IReadOnlyList<Column<T>> columns)
    {
        var isDescending = field.StartsWith('-') || field.EndsWith(Descending, StringComparison.OrdinalIgnoreCase);
        var name = field.StartsWith('-') ? field[1..] : field;
        foreach (var suffix in new[] { Descending, Ascending }.Where(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
        {
            name = name[..^suffix.Length];
        }

        return (Column<T>.Find(columns, name, "sort"), isDescending);
    }
}
