using Baton.Sdk.Sync;

namespace Baton.Sdk.Tasks.Syncs;

/// <summary>What the configuration says about the syncs that the platform asks for.</summary>
internal sealed record SyncTaskSettings
{
    /// <summary>The options that a task does not change. Its output path is not used.</summary>
    public required SyncOptions Options { get; init; }

    /// <summary>Sync tasks upload an empty sync (<c>--skip-full-sync</c>).</summary>
    public bool SkipFullSync { get; init; }

    /// <summary><c>--storage-engine</c>, which takes precedence over the task's; empty when not given.</summary>
    public string StorageEngine { get; init; } = "";
}
