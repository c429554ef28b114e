namespace Baton.Sdk.Sync;

/// <summary>A sync that cannot be completed for a reason of its own: a wrong selection, invalid data, too many warnings.</summary>
internal sealed class SyncException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the connector says breaks a rule that every sync must keep; the same sync would break it again.</summary>
    public bool BreaksInvariant { get; init; }
}
