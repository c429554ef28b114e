using Baton.Cli.Output;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>The flags that every listing understands.</summary>
internal static class ListFlags
{
    private static readonly StringsFlag Columns = new("columns", "only these columns, in this order; names are those in the header of -o csv");

    private static readonly StringsFlag Fields = new("fields", "like --columns, and with -o json or jsonl flat objects of these columns");

    private static readonly StringsFlag Sort = new(
        "sort", "order by these columns instead of as they were synced, numbers by their value; -NAME or NAME:desc for the greatest first");

    private static readonly IntegerFlag Limit = new("limit", "at most so many rows; 0 for all") { Placeholder = "N" };

    private static readonly IntegerFlag Offset = new("offset", "leave out so many rows at the beginning") { Placeholder = "N" };

    private static readonly BooleanFlag NoHeader = new("no-header", "no titles above the columns");

    public static StringFlag Search { get; } = new("search", "only rows with this text in a name, id, login or e-mail address, in any case of letters");

    /// <summary>Those that suit also what is not read by the page.</summary>
    public static IReadOnlyList<Flag> OfColumns { get; } = [Columns, Fields, Sort, NoHeader];

    public static IReadOnlyList<Flag> All { get; } = [Search, .. OfColumns, Limit, Offset];

    /// <exception cref="UsageException">A number is negative, a list empty, or the columns are named twice.</exception>
    public static ListChoice Read(FlagValues flags, OutputFormat format)
    {
        foreach (var flag in new[] { Limit, Offset }.Where(flag => flags.Get(flag) < 0))
        {
            throw new UsageException($"--{flag.Name} must not be negative");
        }

        return new(
            ReadFormat(flags, format),
            flags.Get(Search) is { Length: > 0 } search ? search : null,
            flags.Get(Limit) is > 0 and var limit ? limit : long.MaxValue,
            flags.Get(Offset))
        {
            Sort = ReadNames(flags, Sort) ?? [],
        };
    }

    private static ListFormat ReadFormat(FlagValues flags, OutputFormat format)
    {
        var (columns, fields) = (ReadNames(flags, Columns), ReadNames(flags, Fields));
        if (columns is not null && fields is not null)
        {
            throw new UsageException("--columns and --fields both name the columns; give one of them");
        }

        return new ListFormat(format)
        {
            Columns = fields ?? columns,
            ColumnsFlag = fields is null ? Columns.Name : Fields.Name,
            IsFlat = fields is not null,
            HasHeader = !flags.Get(NoHeader),
        };
    }

    // An empty list, as from a script's unset variable, would print nothing of any row.
    private static IReadOnlyList<string>? ReadNames(FlagValues flags, StringsFlag flag)
        => !flags.IsSet(flag.Name) ? null : flags.Get(flag) is { Count: > 0 } names ? names : throw new UsageException($"--{flag.Name} is empty");
}

/// <param name="Format">How to print.</param>
/// <param name="Search">A text that rows must contain; null for all.</param>
/// <param name="Limit">How many rows at most.</param>
/// <param name="Offset">How many to leave out first.</param>
internal sealed record ListChoice(ListFormat Format, string? Search, long Limit, long Offset)
{
    /// <summary>Columns to order by; empty for the order of the file.</summary>
    public IReadOnlyList<string> Sort { get; init; } = [];
}
