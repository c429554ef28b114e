using Baton.Sdk.Tasks;

namespace Baton.Sdk.Tests.Tasks;

/// <summary>Hands out tasks without end, and keeps how many were not done yet each time that it was asked.</summary>
/// <param name="enough">How often it answers; after that it does not until the process stops.</param>
internal sealed class CountingSource(int enough) : ITaskSource
{
    private readonly Lock _gate = new();
    private readonly List<int> _underWay = [];
    private readonly TaskCompletionSource _exhausted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>It was asked once more than it answers.</summary>
    public Task Exhausted => _exhausted.Task;

    /// <summary>Of each time that it was asked.</summary>
    public IReadOnlyList<int> UnderWay
    {
        get
        {
            lock (_gate)
            {
                return [.. _underWay];
            }
        }
    }

    public async Task<PolledTask> NextAsync(CancellationToken cancellationToken)
    {
        int asked;
        lock (_gate)
        {
            _underWay.Add(_count);
            asked = _underWay.Count;
            _count += asked > enough ? 0 : 1;
        }

        if (asked > enough)
        {
            _exhausted.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        // The platform does not know them, which is nothing to the loop.
        return new(new() { Id = $"{asked:D27}", Grant = new() }, TimeSpan.Zero);
    }

    public void Done(string taskId)
    {
        lock (_gate)
        {
            _count--;
        }
    }
}
