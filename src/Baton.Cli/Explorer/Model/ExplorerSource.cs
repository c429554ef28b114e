using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Cli.Commands;
using Baton.Cli.Files;

namespace Baton.Cli.Explorer.Model;

/// <summary>The files that are shown: one, and perhaps an earlier one to compare it with.</summary>
internal sealed class ExplorerSource : IDisposable
{
    private readonly C1zFile _file;
    private readonly C1zFile? _previous;

    private ExplorerSource(C1zFile file, C1zFile? previous, SyncChoice choice)
    {
        _file = file;
        _previous = previous;
        Reader = file.Read(choice.Run);
        Warnings = choice.Warning is { } warning ? [warning] : [];
        Comparable = FindComparable(choice.Run);
    }

    /// <summary>The sync that is shown.</summary>
    public SyncReader Reader { get; }

    public string Path => _file.Path;

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The syncs that can be compared, the one that is shown first, then the latest first.</summary>
    public IReadOnlyList<ComparableSync> Comparable { get; }

    /// <exception cref="C1zException">A file cannot be read.</exception>
    /// <exception cref="CliException">A file does not hold the sync.</exception>
    public static ExplorerSource Open(GlobalOptions options, string? previousFile, ProgramHost host)
    {
        var file = FileSession.OpenFile(options, host);
        C1zFile? previous = null;
        try
        {
            previous = previousFile is null ? null : FileSession.OpenFile(options with { File = previousFile }, host);
            return new(file, previous, SyncChoice.Of(file, options.SyncId, options.AllowUnfinished));
        }
        catch
        {
            previous?.Dispose();
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _previous?.Dispose();
        _file.Dispose();
    }

    // A partial sync compared with a whole one would look like a great revocation.
    private List<ComparableSync> FindComparable(SyncRun shown)
    {
        var others = Finished(_file).Where(run => run.Id != shown.Id).OrderByDescending(run => run.EndedAt).ToList();
        List<ComparableSync> all = [Of(_file, shown)];
        if (_previous is not null)
        {
            // Who names an earlier file wants to see that first.
            all.AddRange(Finished(_previous).OrderByDescending(run => run.EndedAt).Where(run => run.Id != shown.Id).Select(run => Of(_previous, run)));
        }

        all.AddRange(others.Where(run => !all.Exists(known => known.Run.Id == run.Id)).Select(run => Of(_file, run)));
        return all;
    }

    private static IEnumerable<SyncRun> Finished(C1zFile file) => file.Syncs.All().Where(run => run.IsFinished && run.Type == SyncType.Full);

    private static ComparableSync Of(C1zFile file, SyncRun run) => new(run, System.IO.Path.GetFileName(file.Path), file.Read(run));
}

/// <param name="FileName">The file that holds it.</param>
internal sealed record ComparableSync(SyncRun Run, string FileName, SyncReader Reader)
{
    public string Key => Run.Id;
}
