using Podium.Data;

namespace Podium.Look;

/// <summary>One page of a list as it is shown: the rows, and all that the address says about them.</summary>
public sealed class ListView<TRow>
{
    public required PageAddress Address { get; init; }

    /// <summary>Who hears the page is told this: <c>Accounts of Grafana</c>.</summary>
    public required string Label { get; init; }

    public required IReadOnlyList<ListColumn<TRow>> Columns { get; init; }

    public required IReadOnlyList<TRow> Rows { get; init; }

    /// <summary>In words: <c>11 of 17 accounts</c>.</summary>
    public required string Total { get; init; }

    public string? Next { get; init; }

    public string? Previous { get; init; }

    /// <summary>Null: nothing is searched in this list.</summary>
    public string? SearchHint { get; init; }

    public IReadOnlyList<FilterChip> Chips { get; init; } = [];

    /// <summary>The list can be asked for as it was.</summary>
    public bool HasAsOf { get; init; }

    public Moment? AsOf { get; init; }

    public bool HasExport { get; init; } = true;

    /// <summary>The key of the column that orders the list, when one does.</summary>
    public string? DefaultSort { get; init; }

    public bool IsFiltered => Address["q"] is not null || Chips.Any(chip => chip.IsCurrent);

    public string? Sort => Address["sort"]?.TrimStart('-') ?? DefaultSort;

    public bool IsDescending => Address["sort"]?.StartsWith('-') == true;

    public IReadOnlyList<ListColumn<TRow>> Shown
    {
        get
        {
            var asked = Address.All(DataListKeys.Column);
            return asked.Count == 0
                ? [.. Columns.Where(column => !column.IsExtra)]
                : [.. Columns.Where((column, index) => index == 0 || asked.Contains(column.Key, StringComparer.Ordinal))];
        }
    }

    /// <summary>Nothing but the filters taken away.</summary>
    public string Cleared => Address.With([("q", null), .. Address.Query.Select(pair => pair.Key)
        .Where(key => key is not (DataListKeys.Column or DataListKeys.AsOf or "sort" or "q")).Distinct(StringComparer.Ordinal).Select(key => (key, (string?)null))]);
}

public static class DataListKeys
{
    public const string Column = "column";

    /// <summary>A moment in UTC, with <c>Z</c>.</summary>
    public const string AsOf = "asof";

    /// <summary>The answer is a file: <c>csv</c>, <c>xlsx</c>, <c>json</c>.</summary>
    public const string Format = "format";
}
