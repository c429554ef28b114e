using Baton.C1z;
using Baton.C1z.Sorting;
using Baton.Evidence.Sorting;

namespace Baton.Evidence.Changes;

/// <summary>
/// Changes in the order in which they are shown, so that two runs say the same. Two files that have nothing in common have as many changes
/// as rows, so they are kept on disk.
/// </summary>
public sealed class SortedChanges(C1zOptions options) : IDisposable
{
    private readonly RowSorter _rows = new(options);
    private readonly SortKey _key = new();
    private readonly ChangeCodec _codec = new();
    private readonly int[] _counts = new int[Enum.GetValues<ChangeKind>().Length];

    public long Total => _rows.Count;

    public int Count(ChangeKind kind) => _counts[(int)kind];

    public void Add(SyncChange change)
    {
        _counts[(int)change.Kind]++;
        Append(_key.Begin().Append((byte)change.Kind), change.Resource);
        Append(_key, change.Principal).Append(Entitlement(change));
        _rows.Add(_key.Bytes, _codec.Encode(change));
    }

    public IEnumerable<SyncChange> Sorted() => _rows.Rows().Select(row => ChangeCodec.Decode(row.Row));

    public void Dispose()
    {
        _codec.Dispose();
        _rows.Dispose();
    }

    private static SortKey Append(SortKey key, Party? party) => key.Append(party?.Name).Append(party?.Type).Append(party?.Id);

    private static string? Entitlement(SyncChange change) => change.After.GetValueOrDefault("entitlement") ?? change.Before.GetValueOrDefault("entitlement");
}
