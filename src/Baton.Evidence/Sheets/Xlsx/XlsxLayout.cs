namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>What a sheet looks like around its rows.</summary>
public sealed record XlsxLayout
{
    /// <summary>Shortened and cleaned as Excel wants it; numbered when it is taken.</summary>
    public required string Name { get; init; }

    /// <summary>Without columns there is no header, and the sheet is free text.</summary>
    public IReadOnlyList<XlsxColumn> Columns { get; init; } = [];

    /// <summary>How many columns stay where they are when the sheet is scrolled sideways. The header always stays.</summary>
    public int FrozenColumns { get; init; }

    /// <summary>How many columns, from the first, are printed; the others are for the screen and for programs.</summary>
    public int PrintedColumns { get => Math.Min(field, Columns.Count); init; } = int.MaxValue;

    /// <summary>Buttons in the header to filter and sort by.</summary>
    public bool HasFilter { get; init; } = true;

    /// <summary>Colours that depend on what a row holds, also after somebody has edited it.</summary>
    public IReadOnlyList<XlsxHighlight> Highlights { get; init; } = [];
}

/// <param name="Title">In the header.</param>
/// <param name="Width">In characters.</param>
public sealed record XlsxColumn(string Title, double Width = 16)
{
    /// <summary>As programs call them, which is what the import of a sheet looks for.</summary>
    public static IReadOnlyList<XlsxColumn> Of<T>(IReadOnlyList<Column<T>> columns)
        => [.. columns.Select(column => new XlsxColumn(column.Name, column.Width) { Choices = column.Choices })];

    /// <summary>What may be entered, offered as a list; empty for anything. None may hold a comma, all together at most 255 characters.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <param name="FirstColumn">The first column that is coloured, from 0.</param>
/// <param name="LastColumn">The last one.</param>
/// <param name="Condition">
/// A formula that holds for the rows to colour, written for the first row below the header, which is row 2: <c>$H2="disabled"</c>.
/// Never with anything from a file in it.
/// </param>
/// <param name="Colour">The fill.</param>
public sealed record XlsxHighlight(int FirstColumn, int LastColumn, string Condition, XlsxColour Colour);

/// <summary>A light fill with text that keeps its contrast.</summary>
public enum XlsxColour
{
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}
