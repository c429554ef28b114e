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

    /// <summary>The progress to start from; null when there is none that is newer than the output.</summary>
    public static string? Find(string outputPath)
    {
        var progress = new FileInfo(outputPath + Suffix);
        var output = new FileInfo(outputPath);
        return progress.Exists && (!output.Exists || output.LastWriteTimeUtc <= progress.LastWriteTimeUtc) ? progress.FullName : null;
    }

    public static void Delete(string outputPath)
    {
        try
        {
            File.Delete(outputPath + Suffix);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // It is older than the output now, and so ignored.
        }
    }

    /// <summary>The unfinished sync of a file that a sync with these options may go on with.</summary>
    public static SyncRun? Resumable(C1zFile file, SyncOptions options)
    {
        // A targeted sync is short, and what it was about may have changed.
        if (options.Type == SyncType.Partial || file.Syncs.LatestUnfinished(options.Type) is not { } run)
        {
            return null;
        }

        try
        {
            return run.Token.Length > 0 && SyncPlanToken.Read(run.Token).Fingerprint == options.Fingerprint ? run : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
