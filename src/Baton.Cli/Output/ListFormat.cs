namespace Baton.Cli.Output;

/// <summary>How a list is printed: the format, and which columns of it.</summary>
internal sealed record ListFormat(OutputFormat Format)
{
    /// <summary>Columns by name, in the order in which they are wanted; null for those that suit the format.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The flag by which they were named.</summary>
    public string ColumnsFlag { get; init; } = "columns";

    /// <summary>JSON has the columns too, as flat objects of texts, instead of the messages in upstream's shape.</summary>
    public bool IsFlat { get; init; }

    public bool HasHeader { get; init; } = true;

    /// <exception cref="CliException">A name is none of a column.</exception>
    public IReadOnlyList<Column<T>> Choose<T>(IReadOnlyList<Column<T>> all)
    {
        if (Columns is null)
        {
            return Format is OutputFormat.Table or OutputFormat.Markdown ? [.. all.Where(column => !column.IsDetail)] : all;
        }

        return [.. Columns.Select(name => Column<T>.Find(all, name, ColumnsFlag))];
    }
}
