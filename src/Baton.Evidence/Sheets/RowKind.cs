namespace Baton.Evidence.Sheets;

/// <summary>What all lists of one kind of rows have in common.</summary>
/// <param name="JsonName">The name of the list in the JSON document.</param>
/// <param name="MakeForm">For one list: a form remembers.</param>
public sealed record RowKind<T>(string JsonName, IReadOnlyList<Column<T>> Columns, Func<RowForm<T>> MakeForm)
{
    /// <summary>What a search looks into.</summary>
    public Func<T, IEnumerable<string>> Texts { get; init; } = _ => [];

    /// <summary>Rows that stand below all others, whatever their order is. Tables alone have them: a program adds up for itself.</summary>
    public IReadOnlyList<T> Totals { get; init; } = [];

    /// <summary>The column of a name, however its words are joined; null when none is called so.</summary>
    public Column<T>? FindColumn(string name)
        => Columns.FirstOrDefault(column => column.Name.Equals(name.Replace(' ', '_').Replace('-', '_'), StringComparison.OrdinalIgnoreCase));
}
