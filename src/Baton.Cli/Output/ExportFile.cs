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

    /// <exception cref="CliException">The path cannot be written.</exception>
    public static ExportFile Open(string path, ProgramHost host)
    {
        if (path == "-")
        {
            return new(path, null, host.OpenOutput());
        }

        try
        {
            if (Directory.Exists(path))
            {
                throw new CliException($"cannot write {path}: it is a folder");
            }

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
}
