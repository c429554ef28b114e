using Baton.C1z;
using Baton.C1z.Syncs;

namespace Baton.Sdk.Sync;

/// <summary>
/// Where the progress of an interrupted sync is kept: beside the output, so that the output only ever holds what it held before or a
/// finished sync. A later run goes on with it if the output has not changed since.
/// </summary>
internal static class ProgressFile
{
    public const string Suffix = ".partial";

    /// <summary>How long after its start a sync may be gone on with. A mixture of old and new is worth little to a reviewer.</summary>
    public static readonly TimeSpan UsableFor = TimeSpan.FromHours(24);

    /// <summary>The progress to start from; null when there is none that is newer than the output.</summary>
    public static string? Find(string outputPath)
    {
        var progress = new FileInfo(PathFor(outputPath));
        var output = new FileInfo(Target(outputPath));
        return progress.Exists && (!output.Exists || output.LastWriteTimeUtc <= progress.LastWriteTimeUtc) ? progress.FullName : null;
    }

    public static void Delete(string outputPath)
    {
        try
        {
            File.Delete(PathFor(outputPath));
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // It is older than the output now, and so ignored.
        }
    }

    /// <summary>The unfinished sync of a progress file, if a sync with these options may go on with it; else why not.</summary>
    public static (SyncRun? Run, string Obstacle) Resumable(C1zFile file, SyncOptions options, TimeProvider time)
    {
        if (file.Syncs.LatestUnfinished(options.Type) is not { Token.Length: > 0 } run)
        {
            return (null, $"it holds no unfinished {options.Type.Name()} sync");
        }

        try
        {
            if (SyncPlanToken.Read(run.Token).Fingerprint != options.Fingerprint)
            {
                return (null, "it is of another source or selection");
            }
        }
        catch (FormatException damage)
        {
            return (null, damage.Message);
        }

        // A file has wall-clock times without a zone.
        var wallClock = new DateTimeOffset(time.GetLocalNow().DateTime, TimeSpan.Zero);
        return wallClock - run.StartedAt > options.ProgressUsableFor
            ? (null, $"it was begun more than {Text(options.ProgressUsableFor)} ago")
            : (run, "");
    }

    private static string Text(TimeSpan time) => time >= TimeSpan.FromHours(2) ? $"{time.TotalHours:0} hours" : $"{time.TotalMinutes:0} minutes";

    private static string PathFor(string outputPath) => Target(outputPath) + Suffix;

    // The output is written where a link points to, and its progress beside it.
    private static string Target(string outputPath)
        => new FileInfo(outputPath).LinkTarget is null ? outputPath : File.ResolveLinkTarget(outputPath, returnFinalTarget: true)?.FullName ?? outputPath;
}
