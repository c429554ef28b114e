using System.Runtime.CompilerServices;

namespace Baton.Grafana.Listings;

/// <summary>
/// Reads a listing that is paged by offset over data that changes meanwhile: the first page tells how many there are, the others are
/// fetched side by side and handed on in order, and at the end the count must be right. Rows that shifted onto a page already read are
/// seen twice and counted once. A server may have smaller pages than were asked for, and need not say so.
/// </summary>
internal sealed class CountedWalk<T>(int pageSize, Func<int, CancellationToken, Task<CountedPage<T>>> fetch, Func<T, long> id)
{
    // Members that are hidden from us can leave a page empty that others follow, but hardly three.
    private const int MostIdle = 3;

    private readonly HashSet<long> _seen = [];
    private int _idle;
    private long _lastTotal;

    /// <summary>How the walk came out; set when the enumeration has ended.</summary>
    public WalkResult Result { get; private set; }

    /// <param name="parallelism">How many pages are fetched at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(int parallelism, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = await fetch(1, cancellationToken);
        yield return Note(first);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<CountedPage<T>>>();
        var size = first.Size is { } said and > 0 && said < pageSize ? said : pageSize;
        var pages = first.Total / size + (first.Total % size > 0 ? 1 : 0);
        var next = 2;
        try
        {
            while (_idle < MostIdle && (next <= pages || underWay.Count > 0))
            {
                while (next <= pages && underWay.Count < parallelism)
                {
                    underWay.Enqueue(fetch(next++, stop.Token));
                }

                yield return Note(await underWay.Dequeue());
            }

            // As many as were said did not come, and nothing changed: the pages may be smaller than they say.
            while (_idle == 0 && _seen.Count < _lastTotal && _lastTotal == first.Total)
            {
                yield return Note(await fetch(next++, cancellationToken));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(underWay.Select(task => task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        }

        Result = new(_seen.Count, first.Total, _lastTotal);
    }

    private IReadOnlyList<T> Note(CountedPage<T> page)
    {
        var before = _seen.Count;
        _seen.UnionWith(page.Rows.Select(id));
        _idle = _seen.Count > before ? 0 : _idle + 1;
        _lastTotal = page.Total;
        return page.Rows;
    }
}

/// <summary>A page of a listing that also says how many rows there are in all.</summary>
/// <param name="Rows">The page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Size">How many a page has, when the server says it.</param>
internal readonly record struct CountedPage<T>(IReadOnlyList<T> Rows, long Total, int? Size = null);

/// <summary>How a walk over counted pages came out.</summary>
/// <param name="Distinct">Different ids seen.</param>
/// <param name="FirstTotal">What the first page said there were.</param>
/// <param name="LastTotal">What the last page said there were.</param>
internal readonly record struct WalkResult(long Distinct, long FirstTotal, long LastTotal)
{
    public bool IsComplete => Distinct == LastTotal && FirstTotal == LastTotal;
}
