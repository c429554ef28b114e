using Baton.Cli.Output;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>The flags that every listing understands.</summary>
internal static class ListFlags
{
    private static readonly StringsFlag Columns = new("columns", "only these columns, in this order; names are those in the header of -o csv");

    private static readonly IntegerFlag Limit = new("limit", "at most so many rows; 0 for all") { Placeholder = "N" };

    private static readonly IntegerFlag Offset = new("offset", "leave out so many rows at the beginning") { Placeholder = "N" };

    private static readonly BooleanFlag NoHeader = new("no-header", "no titles above the columns");

    public static StringFlag Search { get; } = new("search", "only rows with this text in a name, id, login or e-mail address, in any case of letters");

    public static IReadOnlyList<Flag> All { get; } = [Search, Columns, Limit, Offset, NoHeader];

    /// <exception cref="UsageException">A number is negative.</exception>
    public static ListChoice Read(FlagValues flags, OutputFormat format)
    {
        foreach (var flag in new[] { Limit, Offset }.Where(flag => flags.Get(flag) < 0))
        {
            throw new UsageException($"--{flag.Name} must not be negative");
        }

        return new(
            new ListFormat(format) { Columns = flags.IsSet(Columns.Name) ? flags.Get(Columns) : null, HasHeader = !flags.Get(NoHeader) },
            flags.Get(Search) is { Length: > 0 } search ? search : null,
            flags.Get(Limit) is > 0 and var limit ? limit : long.MaxValue,
            flags.Get(Offset));
    }
}

/// <param name="Format">How to print.</param>
/// <param name="Search">A text that rows must contain; null for all.</param>
/// <param name="Limit">How many rows at most.</param>
/// <param name="Offset">How many to leave out first.</param>
internal sealed record ListChoice(ListFormat Format, string? Search, long Limit, long Offset);
