using Baton.C1z.Container;

namespace Baton.Cli.Output;

/// <summary>
/// Where an export goes: a file that is complete or not there, or standard output for <c>-</c>. What was at the path stays until the
/// last step.
/// </summary>
internal sealed class ExportFile : IDisposable
{
    private const int BufferBytes = 64 * 1024;

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
    /// <param name="output">Opens it.</param>
    /// <exception cref="CliException">The path cannot be written.</exception>
    public static ExportFile Open(string path, string source, ProgramHost host, Func<ProgramHost, Stream> output)
    {
        if (path == "-")
        {
            return new(path, null, output(host));
        }

        RequirePlace(path, source);

        try
        {
            if (!OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
            {
                return new(path, null, new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
            }

            return new(path, PrivateFile.PathFor(path), new BufferedStream(PrivateFile.Claim(path), BufferBytes));
        }
        catch (IOException busy) when (PrivateFile.IsLocked(busy))
        {
            throw new CliException($"cannot write {path}: another process is writing it");
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
            throw new CliException("--out is empty", BatonExitCode.Usage);
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
            throw new CliException($"cannot write {path}: it is the file that is read; choose another name with --out", BatonExitCode.Usage);
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
                PrivateFile.Publish(_temporary, _path);
                _stream.Dispose();
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
        if (!_completed && _temporary is not null)
        {
            // While it is still held, so that it is never another process's.
            File.Delete(_temporary);
        }

        _stream.Dispose();
    }

    // The place behind a link: a rename would replace the link alone, but a link to the file that is read is a slip as well.
    private static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? target.FullName : full;
    }
}
