namespace Podium.Look;

/// <summary>A column of a list: what it is called in the address, on the page and in an export, and its value as an export has it.</summary>
public sealed record ListColumn<TRow>(string Key, string Title, Func<TRow, object?> Value)
{
    /// <summary>A small screen may lose it.</summary>
    public bool IsOptional { get; init; }

    public bool IsNumber { get; init; }

    /// <summary>Shown only when asked for.</summary>
    public bool IsExtra { get; init; }

    /// <summary>The list can be ordered by it.</summary>
    public bool IsSortable { get; init; }
}

/// <param name="IsCurrent">It is on: pressing it takes it away.</param>
public sealed record FilterChip(string Text, string Href, bool IsCurrent, string? Count = null);
