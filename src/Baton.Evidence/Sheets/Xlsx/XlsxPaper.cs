namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>
/// How a sheet is put on paper: landscape, as few pages across as can still be read, on A3 where A4 would take more than two.
/// </summary>
/// <param name="Size">The format's number for it.</param>
/// <param name="PagesAcross">Pages side by side; the columns that stay when scrolling stand on each.</param>
internal sealed record XlsxPaper(int Size, int PagesAcross)
{
    // Of 11 points this leaves 6, which is small print.
    private const double SmallestScale = 0.55;

    // As many characters of that font as stand between the margins.
    private static readonly (int Size, double Characters) A4 = (9, 149);
    private static readonly (int Size, double Characters) A3 = (8, 215);

    public static XlsxPaper For(XlsxLayout layout)
        => Across(layout, A4.Characters / SmallestScale) is <= 2 and var pages ? new(A4.Size, pages) : new(A3.Size, Across(layout, A3.Characters / SmallestScale));

    // As spreadsheets do it: a column that has no room left goes to the next page.
    private static int Across(XlsxLayout layout, double room)
    {
        var widths = layout.Columns.Take(layout.PrintedColumns).Select(column => column.Width).ToList();
        var repeated = widths.Take(layout.FrozenColumns).Sum();
        var (pages, used) = (1, 0.0);
        foreach (var width in widths)
        {
            if (used > 0 && used + width > room)
            {
                pages++;
                used = repeated;
            }

            used += width;
        }

        return pages;
    }
}
