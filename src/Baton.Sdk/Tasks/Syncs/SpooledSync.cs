namespace Baton.Sdk.Tasks.Syncs;

/// <summary>The file of one sync task.</summary>
/// <param name="outputPath">Where the sync is written to.</param>
/// <param name="completePath">Where it waits, complete, for the platform to have it.</param>
/// <param name="release">Called once when the task is over.</param>
internal sealed class SpooledSync(string outputPath, string completePath, Action release) : IDisposable
{
    /// <summary>Where a sync is written to. There is a file only when it is complete.</summary>
    public string OutputPath => outputPath;

    /// <summary>What the platform gets.</summary>
    public string CompletePath => completePath;

    /// <summary>The same task was complete before, and only the platform did not get it.</summary>
    public bool IsComplete => File.Exists(completePath);

    public void Complete() => File.Move(outputPath, completePath, overwrite: true);

    /// <summary>The platform has it, or nobody wants it.</summary>
    public void Delete()
    {
        File.Delete(outputPath);
        File.Delete(completePath);
        Sync.ProgressFile.Delete(outputPath);
    }

    public void Dispose() => release();
}
