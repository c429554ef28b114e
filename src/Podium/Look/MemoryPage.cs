using System.Globalization;

namespace Podium.Look;

/// <summary>A page of a list that is in memory as a whole, because it is short by its nature: connectors, apps.</summary>
internal sealed record MemoryPage<T>(IReadOnlyList<T> Rows, string? Next, string? Previous);

internal static class MemoryPage
{
    private const int Size = 50;

    public static MemoryPage<T> Of<T>(IReadOnlyList<T> all, PageAddress address)
    {
        // A place beyond the end, or that is none, is the first page: the list may have become shorter.
        var begin = int.TryParse(address[PageAddress.Place], NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < all.Count ? place : 0;
        return new(
            [.. all.Skip(begin).Take(Size)],
            begin + Size < all.Count ? (begin + Size).ToString(CultureInfo.InvariantCulture) : null,
            begin == 0 ? null : Math.Max(0, begin - Size).ToString(CultureInfo.InvariantCulture));
    }
}
