using System.Globalization;
using Baton.Cli.Output.Xlsx;

namespace Baton.Cli.Explorer.Api;

/// <summary>A column of an exported list.</summary>
/// <param name="Value">As it is written in CSV.</param>
internal sealed record ExportColumn<T>(string Header, Func<T, string> Value, ExportKind Kind = ExportKind.Text)
{
    /// <summary>In characters, where columns have a width.</summary>
    public double Width => Kind == ExportKind.Text ? 24 : 14;

    /// <summary>Writes the next cell: numbers and days as what they are, so that they can be added up and sorted; all else as text.</summary>
    public void Write(XlsxSheet sheet, T row)
    {
        var value = Value(row);
        if (Kind == ExportKind.Number && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            sheet.Number(number);
        }
        else if (Kind == ExportKind.Day && DateTimeOffset.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
        {
            sheet.Date(day);
        }
        else
        {
            sheet.Text(value);
        }
    }
}

internal enum ExportKind
{
    Text,
    Number,

    /// <summary>A day, or words where it is not known.</summary>
    Day,
}
