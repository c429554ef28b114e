using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Evidence.Reading;

namespace Baton.Cli.Files;

/// <summary>
/// Which sync of a file is shown, the same for everything in it. A partial sync never hides a full one and never stands in for it: it
/// holds a fragment, and a fragment that looks like the whole is how access gets overlooked.
/// </summary>
/// <param name="Run">The sync.</param>
/// <param name="Warning">What whoever reads it should know; null when there is nothing to say.</param>
internal sealed record SyncChoice(SyncRun Run, string? Warning)
{
    /// <summary>The rule, for the help.</summary>
    public const string Rule =
        """
          - the one of --sync-id, if given;
          - else the latest finished full sync: a newer partial or unfinished one is only mentioned;
          - else none, unless --allow-unfinished takes the latest unfinished one.
        """;

    private const int NamedSyncs = 10;

    /// <exception cref="CliException">The file holds no such sync, or none that may be shown.</exception>
    public static SyncChoice Of(C1zFile file, string? syncId, bool allowUnfinished = false)
    {
        var all = file.Syncs.All();
        if (syncId is not null)
        {
            return Asked(file, all, syncId, allowUnfinished);
        }

        if (file.Syncs.LatestFinished(SyncType.Full) is { } full)
        {
            var later = all.Where(run => run.StartedAt > full.StartedAt && (run.Type != SyncType.Full || !run.IsFinished)).MaxBy(run => run.StartedAt);
            return new(full, later is null ? null : $"{Describe(later)} is newer and not shown: it does not cover everything. Shown is {full.Id}, {Day(full)}");
        }

        var unfinished = all.Where(run => !run.IsFinished).MaxBy(run => run.StartedAt);
        return unfinished is not null && allowUnfinished
            ? new(unfinished, Unfinished(unfinished))
            : throw Nothing(file, all, unfinished is not null);
    }

    private static SyncChoice Asked(C1zFile file, IReadOnlyList<SyncRun> all, string syncId, bool allowUnfinished)
    {
        if (all.FirstOrDefault(run => run.Id == syncId) is not { } asked)
        {
            var known = string.Join(", ", all.Reverse().Take(NamedSyncs).Select(run => run.Id)) + (all.Count > NamedSyncs ? ", …" : "");
            throw new CliException($"{file.Path} holds no sync \"{syncId}\"; it has {(known.Length == 0 ? "none" : known)}", BatonExitCode.NoSync);
        }

        if (!asked.IsFinished && !allowUnfinished)
        {
            throw new CliException($"sync {asked.Id} is unfinished: what it holds may be incomplete; --allow-unfinished shows it", BatonExitCode.NoSync);
        }

        return new(asked, asked.IsFinished ? null : Unfinished(asked));
    }

    private static CliException Nothing(C1zFile file, IReadOnlyList<SyncRun> all, bool anyUnfinished)
    {
        if (all.Count == 0)
        {
            return new($"{file.Path} holds no sync; run the connector to write one", BatonExitCode.NoSync);
        }

        var newest = all.MaxBy(run => run.StartedAt)!;
        var way = anyUnfinished ? "--allow-unfinished shows the latest unfinished one, --sync-id any other" : "--sync-id shows another";
        return new($"{file.Path} holds no finished full sync (the newest is {Describe(newest)}); {way}", BatonExitCode.NoSync);
    }

    private static string Describe(SyncRun run) => $"{(run.IsFinished ? "" : "unfinished ")}{run.TypeName} sync {run.Id}, {Day(run)}";

    private static string Day(SyncRun run) => $"started {Facts.Time(run.StartedAt)}";

    private static string Unfinished(SyncRun run) => $"sync {run.Id} is unfinished; what it holds may be incomplete";
}
