namespace Baton.C1z.Syncs;

/// <summary>One sync in a file. Times are as readers show them: the writer's wall clock, taken for UTC.</summary>
public sealed record SyncRun
{
    /// <summary>A KSUID: 27 characters, in text order of their start.</summary>
    public required string Id { get; init; }

    public required SyncType Type { get; init; }

    /// <summary>The type as the file has it, also when <see cref="Type"/> is <see cref="SyncType.Unknown"/>.</summary>
    public required string TypeName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while the sync is unfinished.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What <see cref="StartedAt"/> cannot hold of the stored time, which may have nanoseconds: 0 to 99 of them.</summary>
    public int StartedAtExtraNanoseconds { get; init; }

    /// <summary>The same of <see cref="EndedAt"/>.</summary>
    public int EndedAtExtraNanoseconds { get; init; }

    /// <summary>The engine's checkpoint.</summary>
    public required string Token { get; init; }

    /// <summary>The full sync that a partial one belongs to; empty for others.</summary>
    public required string ParentId { get; init; }

    /// <summary>The other half of a pair of differences; empty for others.</summary>
    public string LinkedId { get; init; } = "";

    /// <summary>Counts as JSON, null until the sync ended.</summary>
    public string? Stats { get; init; }

    public bool IsFinished => EndedAt is not null;

    /// <summary>What its rows are as of: the end, or as long as there is none, the start.</summary>
    public DateTimeOffset Time => EndedAt ?? StartedAt;
}
