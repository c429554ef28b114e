using Baton.C1z;
using Baton.C1z.Sorting;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Sorting;

/// <summary>
/// Brings rows into the order of what their columns say. The rows wait on disk: there may be more than memory should hold. Rows that the
/// columns do not tell apart stay in the order in which they came.
/// </summary>
public sealed class RowOrder<T>(RowForm<T> form, IReadOnlyList<SortField<T>> fields)
{
    /// <exception cref="C1zException">The temporary folder is full.</exception>
    public IEnumerable<T> Sort(IEnumerable<T> rows, C1zOptions options, CancellationToken cancellationToken)
        => fields.Count == 0 ? rows : SortOnDisk(rows, options, cancellationToken);

    private IEnumerable<T> SortOnDisk(IEnumerable<T> rows, C1zOptions options, CancellationToken cancellationToken)
    {
        using var sorter = new RowSorter(options);
        var (key, part) = (new SortKey(), new SortKey());
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            key.Begin();
            foreach (var (column, isDescending) in fields)
            {
                part.Begin().AppendNatural((column.SortText ?? column.Text)(row));
                _ = isDescending ? key.AppendReversed(part) : key.Append(part);
            }

            sorter.Add(key.Bytes, form.Encode(row));
        }

        foreach (var sorted in sorter.Rows())
        {
            yield return form.Decode(sorted.Row);
        }
    }
}

/// <param name="IsDescending">The greatest first.</param>
public sealed record SortField<T>(Column<T> Column, bool IsDescending);
