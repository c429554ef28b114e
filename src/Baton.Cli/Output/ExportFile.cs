namespace Baton.Cli.Output;

/// <summary>
/// Where an export goes: a file that is complete or not there, or standard output for <c>-</c>. What was at the path stays until the
/// last step.
/// </summary>
internal sealed class ExportFile : IDisposable
{
    private readonly string _path;
    private readonly string? _temporary;
    private readonly Stream _stream;
    private bool _completed;

    private ExportFile(string path, string? temporary, Stream stream)
    {
        _path = path;
        _temporary = temporary;
        _stream = stream;
    }

    public Stream Stream => _stream;

    /// <param name="path">Where to.</param>
    /// <param name="source">The file that is exported, which must not be lost for it.</param>
    /// <param name="host">Where standard output is.</param>
    /// <exception cref="CliException">The path cannot be written.</exception>
    public static ExportFile Open(string path, string source, ProgramHost host)
    {
        if (path == "-")
        {
            return new(path, null, host.OpenOutput());
        }

        RequirePlace(path, source);

        try
        {
            if (!OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
            {
                return new(path, null, new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
            }

            var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
            return new(path, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None));
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"cannot write {path}: {refusal.Message}");
        }
    }

    /// <summary>Checks what the system would not say, or not in these words, before anything is written.</summary>
    /// <exception cref="CliException">There is no such place, or it is the file that is read.</exception>
    public static void RequirePlace(string path, string source)
    {
        if (path.Length == 0)
        {
            throw new CliException("--out is empty", ExitCode.Usage);
        }

        if (Directory.Exists(path))
        {
            throw new CliException($"cannot write {path}: it is a folder");
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new CliException($"cannot write {path}: the folder {folder} does not exist");
        }

        if (Target(path) == Target(source))
        {
            throw new CliException($"cannot write {path}: it is the file that is read; choose another name with --out", ExitCode.Usage);
        }
    }

    /// <summary>All is written: the file takes its place.</summary>
    /// <exception cref="CliException">The disk is full, or the path cannot be written any more.</exception>
    public void Complete()
    {
        try
        {
            _stream.Flush();
            if (_temporary is not null)
            {
                _stream.Dispose();
                File.Move(_temporary, _path, overwrite: true);
            }
        }
        catch (Exception refusal) when (_temporary is not null && refusal is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"cannot write {_path}: {refusal.Message}");
        }

        _completed = true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_completed && _temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    // The place behind a link: a rename would replace the link alone, but a link to the file that is read is a slip as well.
    private static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? target.FullName : full;
    }
}
