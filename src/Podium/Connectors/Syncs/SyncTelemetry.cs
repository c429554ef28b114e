using Podium.Data;
using Podium.Telemetry;

namespace Podium.Connectors.Syncs;

internal static class SyncTelemetry
{
    /// <summary>Counts a sync that has come to its end, or waits for a person.</summary>
    public static void Count(Sync sync, Moment now)
    {
        KeyValuePair<string, object?> outcome = new("outcome", sync.State.ToString().ToLowerInvariant());
        ServerTelemetry.Syncs.Add(1, outcome);
        ServerTelemetry.SyncDuration.Record(Math.Max(0, (now - sync.QueuedAt).TotalSeconds), outcome);
    }
}
