using System.Globalization;

namespace Baton.Cli.Review;

/// <summary>What a column says of a row: a text, a day, or a number.</summary>
internal readonly struct ReviewCell
{
    private ReviewCell(string? text, DateTimeOffset? day, long? number)
    {
        TextOrNull = text;
        Day = day;
        Number = number;
    }

    public string? TextOrNull { get; }

    public DateTimeOffset? Day { get; }

    public long? Number { get; }

    /// <summary>As a file of texts has it.</summary>
    public string Text => TextOrNull ?? (Day is { } day ? Words.Date(day) : Number?.ToString(CultureInfo.InvariantCulture) ?? "");

    public static implicit operator ReviewCell(string? text) => new(text ?? "", null, null);

    public static implicit operator ReviewCell(DateTimeOffset? day) => new(null, day, null);

    public static implicit operator ReviewCell(int? number) => new(null, null, number);

    public static implicit operator ReviewCell(int number) => new(null, null, number);
}
