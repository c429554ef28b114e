namespace Baton.Evidence.Reading;

/// <summary>
/// Keeps what was used lately, up to a weight. Two generations: what is used moves to the young one, and when that is full the old one
/// is dropped. Not thread-safe.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(long generationWeight)
    where TKey : notnull
    where TValue : class
{
    private Dictionary<TKey, (TValue Value, long Weight)> _young = [];
    private Dictionary<TKey, (TValue Value, long Weight)> _old = [];
    private long _weight;

    public TValue? Find(TKey key)
    {
        if (_young.TryGetValue(key, out var entry))
        {
            return entry.Value;
        }

        if (_old.TryGetValue(key, out entry))
        {
            Add(key, entry.Value, entry.Weight);
            return entry.Value;
        }

        return null;
    }

    public void Add(TKey key, TValue value, long weight)
    {
        if (_weight + weight > generationWeight)
        {
            _old = _young;
            _young = [];
            _weight = 0;
        }

        if (_young.TryAdd(key, (value, weight)))
        {
            _weight += weight;
        }
    }
}
