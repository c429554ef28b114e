namespace Baton.C1z.Pebble.Store.Merging;

/// <summary>Merges sources that are each in order. Of each key the newest version counts, whatever it says.</summary>
internal sealed class MergedRecords : IDisposable
{
    private readonly List<Entry> _all = [];

    // A heap: whoever has the least key, and of one key the newest version, is at 0.
    private readonly List<Entry> _heap = [];
    private byte[] _last = [];
    private int _lastLength;
    private bool _hasLast;

    public MergedRecords(IEnumerable<IRecordSource> sources)
    {
        foreach (var source in sources)
        {
            _all.Add(new Entry(source));
        }
    }

    public IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Live()
    {
        Start();
        while (_heap.Count > 0)
        {
            var source = _heap[0].Source;
            if (IsNewKey(source.Key.Span) && IsLive(source))
            {
                yield return (source.Key, source.Value);
            }

            Advance();
        }
    }

    public void Dispose()
    {
        foreach (var entry in _all)
        {
            entry.Source.Dispose();
        }
    }

    private void Start()
    {
        foreach (var entry in _all)
        {
            if (entry.MoveNext())
            {
                _heap.Add(entry);
            }
        }

        for (var i = (_heap.Count / 2) - 1; i >= 0; i--)
        {
            SiftDown(i);
        }
    }

    private bool IsNewKey(ReadOnlySpan<byte> key)
    {
        var order = _hasLast ? key.SequenceCompareTo(_last.AsSpan(0, _lastLength)) : 1;
        if (order < 0)
        {
            throw StoreFault.Damaged("the keys of its store are not in order");
        }

        if (order == 0)
        {
            return false;
        }

        if (_last.Length < key.Length)
        {
            _last = new byte[Math.Max(key.Length, 256)];
        }

        key.CopyTo(_last);
        _lastLength = key.Length;
        _hasLast = true;
        return true;
    }

    private bool IsLive(IRecordSource source)
    {
        var trailer = source.Trailer;
        switch (InternalKey.Kind(trailer))
        {
            case RecordKind.Delete or RecordKind.SingleDelete or RecordKind.DeleteSized:
                return false;
            case RecordKind.Set or RecordKind.SetWithDelete:
                break;
            case RecordKind.Merge:
                throw StoreFault.Unsupported("has values to be merged");
            case var kind:
                throw StoreFault.Damaged($"its store has a record of an unknown kind, {(byte)kind}");
        }

        var key = source.Key.Span;
        foreach (var entry in _all)
        {
            if (entry.Deleted.Before(key) > InternalKey.Sequence(trailer))
            {
                return false;
            }
        }

        return !source.IsElsewhere ? true : throw StoreFault.Unsupported("keeps values apart from their keys");
    }

    private void Advance()
    {
        if (!_heap[0].MoveNext())
        {
            _heap[0] = _heap[^1];
            _heap.RemoveAt(_heap.Count - 1);
        }

        SiftDown(0);
    }

    private void SiftDown(int index)
    {
        while (true)
        {
            var least = index;
            for (var child = (2 * index) + 1; child <= (2 * index) + 2 && child < _heap.Count; child++)
            {
                if (_heap[child].ComesBefore(_heap[least]))
                {
                    least = child;
                }
            }

            if (least == index)
            {
                return;
            }

            (_heap[index], _heap[least]) = (_heap[least], _heap[index]);
            index = least;
        }
    }

    private sealed class Entry(IRecordSource source)
    {
        public IRecordSource Source { get; } = source;

        public DeletedRanges Deleted { get; } = new();

        public bool MoveNext() => Source.MoveNext(Deleted.Ahead);

        public bool ComesBefore(Entry other)
            => Source.Key.Span.SequenceCompareTo(other.Source.Key.Span) is not 0 and var order ? order < 0 : Source.Trailer > other.Source.Trailer;
    }
}
