using System.Runtime.CompilerServices;

namespace Baton.Grafana.Listings;

/// <summary>
/// Reads a listing that is paged by offset over data that changes meanwhile: the first page tells how many there are, the others are
/// fetched side by side and handed on in order, and at the end the count must be right. Rows that shifted onto a page already read are
/// seen twice and counted once.
/// </summary>
internal sealed class CountedWalk<T>(int pageSize, Func<int, CancellationToken, Task<CountedPage<T>>> fetch, Func<T, long> id)
{
    /// <summary>How the walk came out; set when the enumeration has ended.</summary>
    public WalkResult Result { get; private set; }

    /// <param name="parallelism">How many pages are fetched at once.</param>
    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync(int parallelism, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        var first = await fetch(1, cancellationToken);
        var lastTotal = first.Total;
        seen.UnionWith(first.Rows.Select(id));
        yield return first.Rows;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<CountedPage<T>>>();
        var pages = (first.Total + pageSize - 1) / pageSize;
        try
        {
            for (var next = 2; next <= pages || underWay.Count > 0;)
            {
                while (next <= pages && underWay.Count < parallelism)
                {
                    underWay.Enqueue(fetch(next++, stop.Token));
                }

                var page = await underWay.Dequeue();
                lastTotal = page.Total;
                seen.UnionWith(page.Rows.Select(id));
                yield return page.Rows;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(underWay.Select(task => task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        }

        Result = new(seen.Count, first.Total, lastTotal);
    }
}

/// <summary>A page of a listing that also says how many rows there are in all.</summary>
internal readonly record struct CountedPage<T>(IReadOnlyList<T> Rows, long Total);

/// <summary>How a walk over counted pages came out.</summary>
/// <param name="Distinct">Different ids seen.</param>
/// <param name="FirstTotal">What the first page said there were.</param>
/// <param name="LastTotal">What the last page said there were.</param>
internal readonly record struct WalkResult(long Distinct, long FirstTotal, long LastTotal)
{
    public bool IsComplete => Distinct == LastTotal && FirstTotal == LastTotal;
}
