namespace Baton.Sdk.Tasks;

/// <summary>
/// Whether the service still does what it does: before it waits, it says for how long at most, and when it has not come back by then, it
/// never will. Measured by a clock that nobody sets. Thread-safe.
/// </summary>
internal sealed class Liveness(TimeProvider time)
{
    // On a machine that is busy, or short of memory, everything takes longer.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private long _since = time.GetTimestamp();
    private TimeSpan? _within;

    public bool IsAlive
    {
        get
        {
            lock (_gate)
            {
                return _within is not { } within || time.GetElapsedTime(_since) <= within + Grace;
            }
        }
    }

    /// <summary>The next thing happens within this time, whatever it is.</summary>
    public void Expect(TimeSpan within) => Set(within);

    /// <summary>Tasks are being worked on, which may take hours; they have limits of their own.</summary>
    public void ExpectTasks() => Set(null);

    private void Set(TimeSpan? within)
    {
        lock (_gate)
        {
            (_since, _within) = (time.GetTimestamp(), within);
        }
    }
}
