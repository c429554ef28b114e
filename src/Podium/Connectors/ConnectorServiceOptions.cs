namespace Podium.Connectors;

/// <summary>The times and limits of the connectors' service. The defaults are what a released server runs with.</summary>
internal sealed record ConnectorServiceOptions
{
    /// <summary>How long a call for work is held when there is none. By the system's clock, since a caller waits.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>When to call again after a hold.</summary>
    public TimeSpan NextPoll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>When to call again where there will be no work for a while: paused, or the server stops.</summary>
    public TimeSpan NextPollUnheld { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A sync is lost after so many heartbeats that did not come.</summary>
    public int MissedHeartbeats { get; init; } = 3;

    /// <summary>Everything but a sync sends no heartbeats; longer than the 300 s that connectors give one request to their app.</summary>
    public TimeSpan SilentLife { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>Bytes of one upload.</summary>
    public long LargestUpload { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Calls for work that one connector may have held at once; more are answered as if there were no work.</summary>
    public int MostHeld { get; init; } = 64;

    public TimeSpan SyncLife => Heartbeat * MissedHeartbeats;
}
