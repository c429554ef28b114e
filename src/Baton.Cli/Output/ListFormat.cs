using Baton.Evidence.Sheets;
using Baton.Evidence.Sorting;

namespace Baton.Cli.Output;

/// <summary>How a list is printed: the format, and which columns of it.</summary>
internal sealed record ListFormat(OutputFormat Format)
{
    private const string Descending = ":desc";
    private const string Ascending = ":asc";

    /// <summary>Columns by name, in the order in which they are wanted; null for those that suit the format.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The flag by which they were named.</summary>
    public string ColumnsFlag { get; init; } = "columns";

    /// <summary>JSON has the columns too, as flat objects of texts, instead of the messages in upstream's shape.</summary>
    public bool IsFlat { get; init; }

    public bool HasHeader { get; init; } = true;

    /// <exception cref="CliException">There is no column of a name.</exception>
    public RowSelection<T> Select<T>(RowKind<T> kind) => new(kind, kind.MakeForm(), Choose(kind)) { IsFlat = IsFlat, HasHeader = HasHeader };

    /// <param name="field"><c>name</c>, and <c>-name</c> or <c>name:desc</c> for the greatest first.</param>
    /// <exception cref="CliException">There is no column of that name.</exception>
    public static SortField<T> SortField<T>(RowKind<T> kind, string field)
    {
        var isDescending = field.StartsWith('-') || field.EndsWith(Descending, StringComparison.OrdinalIgnoreCase);
        var name = field.StartsWith('-') ? field[1..] : field;
        foreach (var suffix in new[] { Descending, Ascending }.Where(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
        {
            name = name[..^suffix.Length];
        }

        return new(Find(kind, name, "sort"), isDescending);
    }

    private IReadOnlyList<Column<T>> Choose<T>(RowKind<T> kind)
    {
        if (Columns is null)
        {
            return Format is OutputFormat.Table or OutputFormat.Markdown ? [.. kind.Columns.Where(column => !column.IsDetail)] : kind.Columns;
        }

        return [.. Columns.Select(name => Find(kind, name, ColumnsFlag))];
    }

    private static Column<T> Find<T>(RowKind<T> kind, string name, string flag)
        => kind.FindColumn(name)
            ?? throw new CliException($"--{flag} does not know \"{name}\"; there are {string.Join(", ", kind.Columns.Select(column => column.Name))}", BatonExitCode.Usage);
}
