using Podium.Data;

namespace Podium.Connectors;

/// <summary>The state of a connector in one word, as its page shows it.</summary>
internal enum ConnectorChip
{
    Paused,
    NotConnected,
    NeedsConfirmation,
    NotSeen,
    Syncing,
    Error,
    Connected,
}

internal static class ConnectorChips
{
    /// <summary>A connector that was silent for so many of its intervals is not seen.</summary>
    private const int SilentIntervals = 3;

    /// <summary>The first that holds, in the order of the enumeration.</summary>
    /// <param name="connector">Whose.</param>
    /// <param name="open">Its sync on the way to the inventory, if any.</param>
    /// <param name="isHeld">A sync waits for a person.</param>
    /// <param name="wasApplied">Some sync was.</param>
    /// <param name="now">The present.</param>
    public static ConnectorChip Of(Connector connector, SyncState? open, bool isHeld, bool wasApplied, Moment now)
        => connector.PausedAt is not null ? ConnectorChip.Paused
        : !IsSetUp(connector) ? ConnectorChip.NotConnected
        : isHeld ? ConnectorChip.NeedsConfirmation
        : connector.Hosting == ConnectorHosting.SelfHosted && now - connector.LastSeenAt!.Value > connector.Interval() * SilentIntervals ? ConnectorChip.NotSeen
        : open is SyncState.Running or SyncState.Received or SyncState.Applying ? ConnectorChip.Syncing
        : connector.Error is not null ? ConnectorChip.Error
        : wasApplied && open is null ? ConnectorChip.Connected
        : ConnectorChip.Syncing;

    public static string Text(this ConnectorChip chip) => chip switch
    {
        ConnectorChip.NotConnected => "Not connected",
        ConnectorChip.NeedsConfirmation => "Needs confirmation",
        ConnectorChip.NotSeen => "Not seen",
        _ => chip.ToString(),
    };

    public static TimeSpan Interval(this Connector connector) => TimeSpan.FromSeconds(connector.SyncIntervalSeconds);

    // What runs here needs settings; what runs elsewhere has them there, and is set up once it was heard.
    private static bool IsSetUp(Connector connector)
        => connector.Hosting == ConnectorHosting.Hosted ? connector.ProtectedSettings is not null : connector.LastSeenAt is not null;
}
