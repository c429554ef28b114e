using System.Globalization;

namespace Baton.Evidence.Sheets;

/// <summary>What a column says of a row: a text, a day, or a number.</summary>
public readonly struct Cell
{
    private readonly string? _text;

    private Cell(string? text, DateTimeOffset? day, long? number)
    {
        _text = text;
        Day = day;
        Number = number;
    }

    public DateTimeOffset? Day { get; }

    public long? Number { get; }

    /// <summary>As a file of texts has it; empty when there is nothing to say.</summary>
    public string Text => _text ?? (Day is { } day ? $"{day.UtcDateTime:yyyy-MM-dd}" : Number?.ToString(CultureInfo.InvariantCulture) ?? "");

    public bool IsEmpty => Day is null && Number is null && string.IsNullOrEmpty(_text);

    public static implicit operator Cell(string? text) => new(text ?? "", null, null);

    public static implicit operator Cell(DateTimeOffset? day) => new(null, day, null);

    public static implicit operator Cell(int? number) => new(null, null, number);

    public static implicit operator Cell(int number) => new(null, null, number);
}
