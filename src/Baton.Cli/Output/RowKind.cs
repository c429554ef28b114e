namespace Baton.Cli.Output;

/// <summary>What all lists of one kind of rows have in common.</summary>
/// <param name="JsonName">The name of the list in the JSON document.</param>
internal sealed record RowKind<T>(string JsonName, IReadOnlyList<Column<T>> Columns, RowForm<T> Form)
{
    /// <summary>What <c>--search</c> looks into.</summary>
    public Func<T, IEnumerable<string>> Texts { get; init; } = _ => [];

    /// <summary>Rows that stand below all others, whatever their order is. Tables alone have them: a program adds up for itself.</summary>
    public IReadOnlyList<T> Totals { get; init; } = [];
}
