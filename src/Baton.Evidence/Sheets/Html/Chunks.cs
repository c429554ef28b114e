namespace Baton.Evidence.Sheets.Html;

internal static class Chunks
{
    /// <summary>Neighbours with the same key together, without keeping them. Each group must be read before the next.</summary>
    public static IEnumerable<IEnumerable<T>> ChunkBy<T, TKey>(this IEnumerable<T> items, Func<T, TKey> key)
        where TKey : IEquatable<TKey>
    {
        using var walk = items.GetEnumerator();
        var isThere = walk.MoveNext();
        while (isThere)
        {
            yield return Group(key(walk.Current));
        }

        IEnumerable<T> Group(TKey current)
        {
            do
            {
                yield return walk.Current;
                isThere = walk.MoveNext();
            }
            while (isThere && key(walk.Current).Equals(current));
        }
    }
}
