using System.Runtime.CompilerServices;

namespace Baton.Grafana.Listings;

/// <summary>Reads something for each of many subjects, some at once, and hands on what was read in the order of the subjects.</summary>
internal static class ReadAhead
{
    /// <param name="subjects">What to read for.</param>
    /// <param name="parallelism">How many are read for at once.</param>
    /// <param name="read">Reads for one.</param>
    /// <param name="cancellationToken">Ends it; no read is under way any more when the enumeration has ended, however it did.</param>
    public static async IAsyncEnumerable<TResult> InOrderAsync<T, TResult>(
        IEnumerable<T> subjects, int parallelism, Func<T, CancellationToken, Task<TResult>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<TResult>>();
        try
        {
            foreach (var subject in subjects)
            {
                underWay.Enqueue(read(subject, stop.Token));
                if (underWay.Count >= parallelism)
                {
                    yield return await underWay.Dequeue();
                }
            }

            while (underWay.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(underWay.Select(task => task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        }
    }
}
