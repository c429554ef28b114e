using Baton.Evidence.Access;
using Baton.Evidence.Changes;

namespace Baton.Cli.Explorer.Model;

/// <summary>
/// Compares syncs when it is asked for, and remembers the last pair: its pages are asked for one after the other. The book of an earlier
/// sync is dropped again.
/// </summary>
internal sealed class Differences(ExplorerIndex index, ExplorerSource source)
{
    private readonly Lock _gate = new();
    private (string From, string To) _pair;
    private Task<List<AccessChange>>? _comparison;

    public async Task<IReadOnlyList<AccessChange>> BetweenAsync(ComparableSync from, ComparableSync to, CancellationToken cancellationToken)
    {
        Task<List<AccessChange>> comparison;
        lock (_gate)
        {
            if (_comparison is null || _comparison.IsFaulted || _pair != (from.Key, to.Key))
            {
                // Whoever asks first may leave; others may be waiting for the same.
                _comparison = Task.Run(() => Compare(from, to), CancellationToken.None);
                _pair = (from.Key, to.Key);
            }

            comparison = _comparison;
        }

        return await comparison.WaitAsync(cancellationToken);
    }

    private List<AccessChange> Compare(ComparableSync from, ComparableSync to) => [.. new AccessChanges(Book(from), Book(to)).All()];

    private AccessBook Book(ComparableSync sync)
        => sync.Run.Id == source.Reader.Run.Id ? index.Book : AccessBook.Read(sync.Reader, index.Book.Options, CancellationToken.None);
}
