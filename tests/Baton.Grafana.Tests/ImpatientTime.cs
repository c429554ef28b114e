using System.Collections.Concurrent;

namespace Baton.Grafana.Tests;

/// <summary>
/// Time in which short waits are over at once: the clock jumps to their end, and they are remembered. Long ones, which are the
/// deadlines of requests, never end by themselves.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private long _skipped;

    /// <summary>What was waited for, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _skipped));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= Deadline)
        {
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _waits.Enqueue(dueTime);
        Interlocked.Add(ref _skipped, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
