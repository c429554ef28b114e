using Podium.Look;

namespace Podium.Connectors.Pages;

internal static class ConnectorTones
{
    public static Tone Of(ConnectorChip chip) => chip switch
    {
        ConnectorChip.Connected => Tone.Good,
        ConnectorChip.Syncing => Tone.Busy,
        ConnectorChip.NeedsConfirmation or ConnectorChip.NotSeen => Tone.Medium,
        ConnectorChip.Error => Tone.High,
        _ => Tone.Off,
    };

    public static (string Text, Tone Tone) Of(SyncState state) => state switch
    {
        SyncState.Queued => ("waits for the connector", Tone.Off),
        SyncState.Running => ("running", Tone.Busy),
        SyncState.Received => ("received", Tone.Busy),
        SyncState.Applying => ("applying", Tone.Busy),
        SyncState.Applied => ("applied", Tone.Good),
        SyncState.Held => ("held", Tone.Medium),
        SyncState.Discarded => ("held, discarded", Tone.Medium),
        SyncState.Superseded => ("held, replaced", Tone.Medium),
        SyncState.Rejected => ("rejected", Tone.High),
        SyncState.Failed => ("failed", Tone.High),
        SyncState.Cancelled => ("cancelled", Tone.Off),
        _ => (state.ToString(), Tone.None),
    };
}
