namespace Baton.Evidence.Review;

/// <summary>
/// Files that appear together or not at all: each is written beside its place, and all are moved there at the end.
/// </summary>
internal sealed class OutputSet : IDisposable
{
    private const string Unfinished = ".tmp";

    private readonly List<string> _written = [];
    private readonly bool _overwrite;
    private string? _madeFolder;
    private bool _isComplete;

    /// <param name="paths">Every file that is going to be written.</param>
    /// <exception cref="EvidenceException">One is there, and may not be replaced.</exception>
    public OutputSet(IEnumerable<string> paths, bool overwrite)
    {
        _overwrite = overwrite;
        if (!overwrite && paths.FirstOrDefault(Path.Exists) is { } existing)
        {
            // It may be the sheet that somebody has been filling in for a week.
            throw new EvidenceException($"{existing} exists already; choose another --out, or --force to replace it", EvidenceError.Mistake);
        }
    }

    /// <returns>Its size in bytes.</returns>
    public long Write(string path, Action<Stream> write)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            _madeFolder = folder;
        }

        _written.Add(path);
        using var file = new FileStream(path + Unfinished, Options());
        write(file);
        file.Flush();
        return file.Length;
    }

    /// <summary>Where a file is until the end.</summary>
    public static string Pending(string path) => path + Unfinished;

    public void Complete()
    {
        foreach (var path in _written)
        {
            File.Move(path + Unfinished, path, _overwrite);
        }

        _isComplete = true;
    }

    public void Dispose()
    {
        if (!_isComplete)
        {
            _written.ForEach(path => File.Delete(path + Unfinished));
            if (_madeFolder is not null)
            {
                Directory.Delete(_madeFolder);
            }
        }
    }

    // Who has which access is nobody else's affair on a shared machine.
    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
