using System.Collections.Concurrent;

namespace Baton.Grafana.Tests;

/// <summary>
/// Time in which short waits are over at once: the clock jumps to their end, and they are remembered. Long ones, which are the
/// deadlines of requests, end only when a test says so.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private readonly ConcurrentDictionary<LongTimer, bool> _deadlines = new();
    private long _skipped;

    /// <summary>From how long on a wait is a deadline.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What was waited for, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _skipped));

    /// <summary>The time of every request that is under way is up.</summary>
    public void PassDeadlines()
    {
        foreach (var deadline in _deadlines.Keys)
        {
            deadline.Ring();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= Deadline)
        {
            var timer = new LongTimer(_deadlines, () => callback(state));
            _deadlines[timer] = true;
            return timer;
        }

        _waits.Enqueue(dueTime);
        Interlocked.Add(ref _skipped, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class LongTimer(ConcurrentDictionary<LongTimer, bool> deadlines, Action callback) : ITimer
    {
        public void Ring()
        {
            if (deadlines.TryRemove(this, out _))
            {
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => deadlines.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
