namespace Baton.C1z.Container;

/// <summary>
/// A private temporary folder for one open file. Its lock file tells the living from the dead: a process that was killed leaves its
/// folder behind, unlocked, and the next one that opens a file in the same place removes it.
/// </summary>
internal sealed class WorkingFolder : IDisposable
{
    private const string Prefix = "baton-c1z-";
    private const string LockName = "lock";

    private readonly FileStream _lock;

    private WorkingFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    public string DatabasePath => System.IO.Path.Combine(Path, "db");

    /// <param name="parent">Where to make it; null or empty for the system's temporary folder.</param>
    /// <exception cref="C1zException">The parent does not exist or is not writable.</exception>
    public static WorkingFolder Create(string? parent)
    {
        var root = string.IsNullOrEmpty(parent) ? System.IO.Path.GetTempPath() : parent;
        try
        {
            RemoveAbandoned(root);
            while (true)
            {
                if (TryCreate(System.IO.Path.Combine(root, Prefix + System.IO.Path.GetRandomFileName())) is { } folder)
                {
                    return folder;
                }
            }
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new C1zException(
                C1zError.NotWritable, $"cannot use the temporary folder {root}: {refusal.Message} (choose another with BATON_TMPDIR)", refusal);
        }
    }

    public void Dispose()
    {
        try
        {
            // The lock goes last: whatever an end in the middle of this leaves, the next one knows as abandoned.
            foreach (var file in Directory.EnumerateFiles(Path).Where(file => System.IO.Path.GetFileName(file) != LockName))
            {
                File.Delete(file);
            }

            _lock.Dispose();
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // A later opening removes it; a file that was saved must not be reported as failed for this.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    /// <returns>Null when another process swept the folder while it was being made: the lock file is there before its lock is.</returns>
    private static WorkingFolder? TryCreate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            var lockPath = System.IO.Path.Combine(path, LockName);
            var @lock = new FileStream(lockPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            if (File.Exists(lockPath))
            {
                return new WorkingFolder(path, @lock);
            }

            @lock.Dispose();
        }
        catch (IOException busy) when (SharedFile.IsLocked(busy))
        {
        }

        return null;
    }

    private static void RemoveAbandoned(string root)
    {
        foreach (var folder in Directory.EnumerateDirectories(root, Prefix + "*"))
        {
            try
            {
                var lockPath = System.IO.Path.Combine(folder, LockName);
                using (new FileStream(lockPath, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // In use, being made, or somebody else's.
            }
        }
    }
}
