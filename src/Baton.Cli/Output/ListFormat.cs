namespace Baton.Cli.Output;

/// <summary>How a list is printed: the format, and which columns of it.</summary>
internal sealed record ListFormat(OutputFormat Format)
{
    /// <summary>Columns by name, in the order in which they are wanted; null for those that suit the format.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    public bool HasHeader { get; init; } = true;

    /// <exception cref="CliException">A name is none of a column.</exception>
    public IReadOnlyList<Column<T>> Choose<T>(IReadOnlyList<Column<T>> all)
    {
        if (Columns is null)
        {
            return Format is OutputFormat.Table or OutputFormat.Markdown ? [.. all.Where(column => !column.IsDetail)] : all;
        }

        return [.. Columns.Select(name => all.FirstOrDefault(column => column.Name.Equals(name.Replace(' ', '_').Replace('-', '_'), StringComparison.OrdinalIgnoreCase))
            ?? throw new CliException($"--columns does not know \"{name}\"; there are {string.Join(", ", all.Select(column => column.Name))}", ExitCode.Usage))];
    }
}
