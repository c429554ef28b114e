namespace Baton.Evidence.Accounts;

/// <summary>When an account last signed in, in three states that must not be mixed up.</summary>
public readonly record struct LastSeen
{
    private const long NeverTicks = -1;

    // Grafana dates who never signed in ten years before the account was made. Where it is not known when that was, these must do.
    private static readonly DateTimeOffset NobodyBefore = new(2014, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan NobodyOlderThan = TimeSpan.FromDays(9.5 * 365.25);
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    // In UTC. Zero, long before anything was seen, is unknown.
    private readonly long _ticks;

    private LastSeen(long ticks) => _ticks = ticks;

    public static LastSeen Unknown => default;

    public static LastSeen Never => new(NeverTicks);

    public LastSeenQuality Quality => _ticks switch
    {
        0 => LastSeenQuality.Unknown,
        NeverTicks => LastSeenQuality.Never,
        _ => LastSeenQuality.Observed,
    };

    /// <summary>Means something only when observed.</summary>
    public DateTimeOffset Time => new(Math.Max(0, _ticks), TimeSpan.Zero);

    public bool IsObserved => Quality == LastSeenQuality.Observed;

    /// <summary>Takes a time for what it says, or for the <c>never</c> that it stands for.</summary>
    /// <param name="created">When the account was made, if that is known: nobody is seen before that.</param>
    /// <param name="synced">When the source was read.</param>
    public static LastSeen Of(DateTimeOffset time, DateTimeOffset? created, DateTimeOffset synced)
    {
        var standsForNever = created is { } made
            ? made - time > Tolerance
            : time < NobodyBefore || synced - time >= NobodyOlderThan;
        return standsForNever ? Never : new(time.UtcTicks);
    }

    /// <summary>Whole days; null unless observed. A clock ahead of ours counts as today.</summary>
    public int? DaysBefore(DateTimeOffset now) => IsObserved ? Math.Max(0, (int)(now - Time).TotalDays) : null;
}

/// <summary>How sure a last sign-in is.</summary>
public enum LastSeenQuality
{
    /// <summary>The source gives no value. Says nothing: neither active nor dormant.</summary>
    Unknown,

    /// <summary>The source says that the account never signed in.</summary>
    Never,

    /// <summary>The source gives a time.</summary>
    Observed,
}
