using Baton.Cli.Output;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>The flags that every listing understands.</summary>
internal static class ListFlags
{
    private static readonly StringsFlag Columns = new("columns", "only these columns, in this order; names are those in the header of -o csv");

    private static readonly StringsFlag Fields = new("fields", "like --columns, and with -o json or jsonl flat objects of these columns");

    public static StringsFlag Sort { get; } = new(
        "sort", "order by these columns, numbers by their value; -NAME or NAME:desc for the greatest first");

    public static IntegerFlag Limit { get; } = new("limit", "at most so many rows; 0 for all") { Placeholder = "N" };

    public static IntegerFlag Offset { get; } = new("offset", "leave out so many rows at the beginning") { Placeholder = "N" };

    private static readonly BooleanFlag NoHeader = new("no-header", "no titles above the columns");

    public static StringFlag Search { get; } = new("search", "only rows with this text in a name, id, login or e-mail address, in any case of letters");

    public static IReadOnlyList<Flag> All { get; } = [Search, Columns, Fields, Sort, NoHeader, Limit, Offset];

    /// <summary>Those of a list in which there is nothing to search.</summary>
    public static IReadOnlyList<Flag> WithoutSearch { get; } = [.. All.Where(flag => flag != Search)];

    /// <exception cref="UsageException">A number is negative, a list empty, or the columns are named twice or for nothing.</exception>
    public static ListChoice Read(FlagValues flags, OutputFormat format)
    {
        foreach (var flag in new[] { Limit, Offset }.Where(flag => flags.Get(flag) < 0))
        {
            throw new UsageException($"--{flag.Name} must not be negative");
        }

        return new(
            ReadFormat(flags, format),
            FilterFlags.ReadText(flags, Search),
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

        if (columns is not null && format is OutputFormat.Json or OutputFormat.JsonLines)
        {
            throw new UsageException("--columns changes nothing about the objects of json and jsonl; --fields makes flat ones of these columns");
        }

        return new ListFormat(format)
        {
            Columns = fields ?? columns,
            ColumnsFlag = fields is null ? Columns.Name : Fields.Name,
            IsFlat = fields is not null,
            HasHeader = !flags.Get(NoHeader),
        };
    }

    /// <summary>For a document that is not a list: refuses what only a list has.</summary>
    /// <param name="document">What <c>-o json</c> prints.</param>
    /// <exception cref="UsageException">A flag would be ignored.</exception>
    public static void RefuseFor(string document, FlagValues flags, params IReadOnlyList<Flag> refused)
    {
        if (refused.FirstOrDefault(flag => flags.IsSet(flag.Name)) is { } given)
        {
            throw new UsageException($"--{given.Name} is for lists, and -o json prints {document}; --fields makes a list of it, as do the other formats");
        }
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
