using Baton.C1z;
using Baton.C1z.Syncs;

namespace Baton.Sdk.Sync;

/// <summary>A finished sync, for whoever asked for it.</summary>
internal sealed record SyncSummary(string SyncId, SyncStats Stats, IReadOnlyList<string> Warnings, SavedFile File, TimeSpan Duration)
{
    /// <summary>What the next sync must know of it; null when the file tells that.</summary>
    public EarlierSync? Had { get; init; }
}
