namespace Baton.Evidence.Sheets;

/// <summary>One column of <typeparamref name="T"/>, whatever it is written as: table, CSV, workbook, JSON.</summary>
public sealed record Column<T>(string Title, Func<T, Cell> Cell)
{
    private const double UsualWidth = 24;

    /// <summary>What programs call it: <c>last_seen</c>.</summary>
    public string Name { get; } = Title.ToLowerInvariant().Replace(' ', '_');

    /// <summary>What sorting goes by, where that is another order than the text's.</summary>
    public Func<T, string>? SortText { get; init; }

    /// <summary>Numbers stand at the right, where their digits line up.</summary>
    public bool IsNumber { get; init; }

    /// <summary>How a text stands out where there are colours.</summary>
    public Func<string, CellTone> Tones { get; init; } = _ => CellTone.Plain;

    /// <summary>Never cut to fit a terminal: what others are asked for by, of which a part is of no use.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Left out of tables for people unless it is asked for: there is only so much room.</summary>
    public bool IsDetail { get; init; }

    /// <summary>In a workbook, in characters.</summary>
    public double Width { get; init; } = UsualWidth;

    /// <summary>What may be filled in; empty for anything.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>For the page that explains the sheet.</summary>
    public string Meaning { get; init; } = "";

    public string Text(T row) => Cell(row).Text;

    /// <summary>The same column of what holds a <typeparamref name="T"/>.</summary>
    public Column<TOuter> Of<TOuter>(Func<TOuter, T> inner) => new(Title, row => Cell(inner(row)))
    {
        SortText = SortText is { } text ? row => text(inner(row)) : null,
        IsNumber = IsNumber,
        Tones = Tones,
        IsWhole = IsWhole,
        IsDetail = IsDetail,
        Width = Width,
        Choices = Choices,
        Meaning = Meaning,
    };
}
