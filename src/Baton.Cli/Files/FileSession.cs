using Baton.C1z;
using Baton.C1z.Container;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;

namespace Baton.Cli.Files;

/// <summary>An open file, and the one sync of it that everything a command prints comes from.</summary>
internal sealed class FileSession : IDisposable
{
    private readonly C1zFile _file;

    private FileSession(C1zFile file, SyncReader reader)
    {
        _file = file;
        Reader = reader;
    }

    public SyncReader Reader { get; }

    /// <summary>All syncs of the file.</summary>
    public SyncCatalog Syncs => _file.Syncs;

    public string Path => _file.Path;

    public C1zVersion Version => _file.Version;

    /// <summary>Opens the file, chooses the sync, and says on standard error what should be known about it.</summary>
    /// <exception cref="C1zException">The file cannot be read.</exception>
    /// <exception cref="CliException">The file does not hold the sync.</exception>
    public static FileSession Open(FileRequest options, ProgramHost host)
    {
        var file = OpenFile(options, host);
        try
        {
            var choice = SyncChoice.Of(file, options.SyncId, options.AllowUnfinished);
            if (choice.Warning is { } warning && !options.Quiet)
            {
                host.WriteDiagnostic("Warning", warning);
            }

            return new FileSession(file, file.Read(choice.Run));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file alone, for what is not about one sync.</summary>
    /// <exception cref="C1zException">The file cannot be read.</exception>
    public static C1zFile OpenFile(FileRequest options, ProgramHost host) => C1zFile.OpenAsIs(options.File, C1zOptions(host));

    /// <summary>How files are opened, by the environment.</summary>
    public static C1zOptions C1zOptions(ProgramHost host) => new()
    {
        TemporaryFolder = host.Environment("BATON_TMPDIR"),
        Limits = DecodeLimits.FromEnvironment(host.Environment),
    };

    public void Dispose() => _file.Dispose();
}
