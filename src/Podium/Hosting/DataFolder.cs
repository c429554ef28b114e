namespace Podium.Hosting;

/// <summary>
/// The folder of one server, which it holds locked while it runs: two servers on one SQLite file, or a restore under a running one, would each
/// undo what the other wrote.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    public const string LockName = "podium.lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>Uploads that are not applied yet, and the last ones that were.</summary>
    public string Uploads => Folder("uploads");

    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="StartupException">It cannot be made or written to, or another process holds it.</exception>
    public static DataFolder Open(string path)
    {
        var full = Make(path);
        try
        {
            // flock(2) underneath: the kernel releases it when the process is killed.
            return new(full, new FileStream(System.IO.Path.Combine(full, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException refusal)
        {
            throw new StartupException($"The data folder {full} cannot be written to: {refusal.Message} Choose another one with --data.", refusal);
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(System.IO.Path.Combine(full, LockName)))
        {
            throw new StartupException($"Another podium uses the data folder {full}. Stop it first, or choose another folder with --data.", failure);
        }
        catch (IOException failure)
        {
            throw new StartupException($"The data folder {full} cannot be used: {failure.Message} Choose another one with --data.", failure);
        }
    }

    /// <summary>Makes the folder where there is none, for a command that works beside the server and locks nothing.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="StartupException">It cannot be made.</exception>
    public static string Make(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (!Directory.Exists(full))
            {
                Directory.CreateDirectory(full, OwnerOnly);
            }

            return full;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {full} cannot be made: {failure.Message} Choose another one with --data.", failure);
        }
    }

    public string FilePath(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();

    private string Folder(string name)
    {
        var folder = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(folder, OwnerOnly);
        return folder;
    }
}
