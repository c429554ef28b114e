namespace Baton.Sdk.Sync;

/// <summary>A sync that cannot be completed for a reason of its own: a wrong selection, invalid data, too many warnings.</summary>
internal sealed class SyncException(string message, Exception? inner = null) : Exception(message, inner);
