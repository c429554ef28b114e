using System.Runtime.InteropServices;

namespace Podium.Inventory.Applying;

/// <summary>The rows of one kind, found by key and numbered from 0.</summary>
internal sealed class KnownRows
{
    private readonly Dictionary<UInt128, int> _byKey = [];
    private readonly List<KnownRow> _rows = [];
    private readonly Dictionary<int, (string Type, string Id)> _names = [];

    public int Count => _rows.Count;

    public ref KnownRow this[int index] => ref CollectionsMarshal.AsSpan(_rows)[index];

    /// <summary>Valid until the next row is added.</summary>
    public Span<KnownRow> All => CollectionsMarshal.AsSpan(_rows);

    /// <summary>−1 when there is none.</summary>
    public int Find(UInt128 key) => _byKey.TryGetValue(key, out var index) ? index : -1;

    /// <summary>Says how many there will be: growing step by step would need three times the memory for a moment.</summary>
    public void Expect(int count)
    {
        _byKey.EnsureCapacity(count);
        _rows.EnsureCapacity(count);
    }

    /// <summary>Adds a row as it is stored; a later one of the same key takes its place.</summary>
    public int Load(in KnownRow row)
    {
        if (_byKey.TryGetValue(row.Key, out var index))
        {
            this[index] = row;
            return index;
        }

        _byKey[row.Key] = _rows.Count;
        _rows.Add(row);
        return _rows.Count - 1;
    }

    /// <summary>The row of a key; one that is not stored when there was none.</summary>
    public int FindOrAdd(UInt128 key, int type)
    {
        var index = Find(key);
        return index >= 0 ? index : Load(new KnownRow { Key = key, Type = type, Resource = -1 });
    }

    /// <summary>Remembers the words of one that is only referred to.</summary>
    public void Name(int index, string type, string id) => _names[index] = (type, id);

    public (string Type, string Id) NameOf(int index) => _names[index];

    /// <summary>The indexes of the rows with any of the marks.</summary>
    public List<int> With(RowMark marks)
    {
        var found = new List<int>();
        for (var index = 0; index < Count; index++)
        {
            if (this[index].Is(marks))
            {
                found.Add(index);
            }
        }

        return found;
    }
}
