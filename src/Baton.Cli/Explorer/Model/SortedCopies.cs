using System.Collections.Concurrent;

namespace Baton.Cli.Explorer.Model;

/// <summary>A list in the orders in which it was asked for. Each order is made once, when it is first wanted.</summary>
internal sealed class SortedCopies<T>(IReadOnlyList<T> items, IReadOnlyDictionary<string, Comparison<T>> orders)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<T>> _copies = new(StringComparer.Ordinal);

    /// <param name="sort">The name of an order, with <c>-</c> in front for the other way round; null for the list as it is.</param>
    /// <returns>Null when there is no such order.</returns>
    public IReadOnlyList<T>? By(string? sort)
    {
        if (sort is null)
        {
            return items;
        }

        return orders.TryGetValue(sort[0] == '-' ? sort[1..] : sort, out var order) ? _copies.GetOrAdd(sort, _ => Sort(items, order, sort[0] == '-')) : null;
    }

    /// <summary>Sorts; what is equal stays in the order in which it was.</summary>
    public static IReadOnlyList<T> Sort(IReadOnlyList<T> items, Comparison<T> order, bool descending)
    {
        var indexed = new (T Item, int Index)[items.Count];
        for (var i = 0; i < indexed.Length; i++)
        {
            indexed[i] = (items[i], i);
        }

        Array.Sort(indexed, (left, right) => (descending ? order(right.Item, left.Item) : order(left.Item, right.Item))
            is var compared and not 0 ? compared : left.Index.CompareTo(right.Index));
        return [.. indexed.Select(entry => entry.Item)];
    }
}
