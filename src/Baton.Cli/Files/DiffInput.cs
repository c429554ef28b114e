using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Evidence.Changes;

namespace Baton.Cli.Files;

/// <summary>Two syncs, of one file or of two, open to be compared.</summary>
internal sealed class DiffInput : IDisposable
{
    private readonly C1zFile _fromFile;
    private readonly C1zFile _toFile;

    private DiffInput(C1zFile fromFile, C1zFile toFile, SyncRun from, SyncRun to)
    {
        (_fromFile, _toFile) = (fromFile, toFile);
        (From, To) = (new DiffSource(fromFile.Path, from), new DiffSource(toFile.Path, to));
        (FromReader, ToReader) = (fromFile.Read(from), toFile.Read(to));
    }

    public DiffSource From { get; }

    public DiffSource To { get; }

    public SyncReader FromReader { get; }

    public SyncReader ToReader { get; }

    /// <summary>One sync of each of two files.</summary>
    public static DiffInput OfFiles(string from, string to, DiffChoice choice, FileRequest options, ProgramHost host)
    {
        var fromFile = FileSession.OpenFile(options with { File = from }, host);
        C1zFile? toFile = null;
        try
        {
            toFile = FileSession.OpenFile(options with { File = to }, host);
            return new(
                fromFile,
                toFile,
                Announce(SyncChoice.Of(fromFile, choice.From, options.AllowUnfinished), options, host),
                Announce(SyncChoice.Of(toFile, choice.To ?? options.SyncId, options.AllowUnfinished), options, host));
        }
        catch
        {
            fromFile.Dispose();
            toFile?.Dispose();
            throw;
        }
    }

    /// <summary>Two syncs of one file: the two latest full ones, unless others are named.</summary>
    public static DiffInput OfFile(string path, DiffChoice choice, FileRequest options, ProgramHost host)
    {
        var file = FileSession.OpenFile(options with { File = path }, host);
        try
        {
            var to = Announce(SyncChoice.Of(file, choice.To ?? options.SyncId, options.AllowUnfinished), options, host);
            var from = choice.From is { } id
                ? Announce(SyncChoice.Of(file, id, options.AllowUnfinished), options, host)
                : file.Syncs.All().Where(run => run.Type == SyncType.Full && run.EndedAt is not null && run.Id != to.Id && run.EndedAt <= to.EndedAt).MaxBy(run => run.EndedAt)
                    ?? throw new CliException(
                        $"{path} holds no finished full sync before {to.Id} to compare it with; keep an earlier file and name both: baton diff OLD.c1z NEW.c1z",
                        BatonExitCode.NoSync);
            return new(file, file, from, to);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _fromFile.Dispose();
        _toFile.Dispose();
    }

    private static SyncRun Announce(SyncChoice choice, FileRequest options, ProgramHost host)
    {
        if (choice.Warning is { } warning && !options.Quiet)
        {
            host.WriteDiagnostic("Warning", warning);
        }

        return choice.Run;
    }
}

/// <summary>Ids of syncs; null for the usual choice.</summary>
internal sealed record DiffChoice(string? From, string? To);
