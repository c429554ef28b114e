using Baton.C1z.Container;

namespace Baton.Evidence.Review;

/// <summary>
/// Files that appear together or not at all: each is written beside its place, and all are moved there at the end. They are their owner's
/// alone: who has which access is nobody else's affair on a shared machine.
/// </summary>
internal sealed class OutputSet : IDisposable
{
    private const int BufferBytes = 1 << 16;


    private readonly List<string> _written = [];
    private readonly bool _overwrite;
    private string? _madeFolder;
    private bool _isComplete;

    /// <param name="paths">Every file that is going to be written.</param>
    /// <param name="others">Those that another run may have begun here, and was killed.</param>
    /// <exception cref="EvidenceException">One is there, and may not be replaced.</exception>
    public OutputSet(IReadOnlyList<string> paths, bool overwrite, params IReadOnlyList<string> others)
    {
        _overwrite = overwrite;
        if (!overwrite && paths.FirstOrDefault(Path.Exists) is { } existing)
        {
            // It may be the sheet that somebody has been filling in for a week.
            throw new EvidenceException($"{existing} exists already; choose another --out, or --force to replace it", EvidenceError.Mistake);
        }

        Sweep(others.Except(paths, StringComparer.Ordinal));
    }

    private static void Sweep(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(path => File.Exists(Pending(path))))
        {
            try
            {
                using var left = PrivateFile.Claim(path);
                File.Delete(Pending(path));
            }
            catch (IOException busy) when (PrivateFile.IsLocked(busy))
            {
                // Another run is at it.
            }
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
        using var claimed = PrivateFile.Claim(path);
        using var file = new BufferedStream(claimed, BufferBytes);
        write(file);
        file.Flush();
        return claimed.Length;
    }

    /// <summary>Where a file is until the end.</summary>
    public static string Pending(string path) => PrivateFile.PathFor(path);

    public void Complete()
    {
        foreach (var path in _written)
        {
            File.Move(Pending(path), path, _overwrite);
        }

        _isComplete = true;
    }

    public void Dispose()
    {
        if (!_isComplete)
        {
            _written.ForEach(path => File.Delete(Pending(path)));
            if (_madeFolder is not null)
            {
                Directory.Delete(_madeFolder);
            }
        }
    }
}
