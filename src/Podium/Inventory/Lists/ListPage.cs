namespace Podium.Inventory.Lists;

/// <summary>A part of a list.</summary>
/// <param name="Next">The token of the page after; null when there is none.</param>
/// <param name="Previous">The token of the page before; null on the first.</param>
/// <param name="Count">Of the whole list.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Rows, string? Next, string? Previous, CappedCount Count);

/// <param name="Token">Of a page of the same list, with the same filters; null for the first page.</param>
internal sealed record ListRequest(int Size = 50, string? Token = null)
{
    public const int Largest = 1000;
}

/// <summary>How many rows match: exactly up to <see cref="Most"/>, since counting is what makes large lists slow.</summary>
internal readonly record struct CappedCount(long Number, bool IsMore = false)
{
    public const int Most = 1000;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number:N0}{(IsMore ? "+" : "")}");
}
