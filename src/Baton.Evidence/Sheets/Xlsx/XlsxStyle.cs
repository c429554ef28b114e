namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>How a cell looks. The number is its place in the style sheet of the workbook.</summary>
public enum XlsxStyle
{
    /// <summary>For numbers and formulas.</summary>
    General = 0,

    /// <summary>Text that stays text, also when somebody edits it.</summary>
    Text = 1,

    /// <summary>The same, over several lines.</summary>
    Wrapped = 2,

    Header = 3,
    Date = 4,
    DateTime = 5,
    Title = 6,
    Bold = 7,

    /// <summary>Text that is less important than what is around it.</summary>
    Muted = 8,

    /// <summary>A number beside its label, in a column that is as wide as texts need it.</summary>
    NumberAtLeft = 9,
}
