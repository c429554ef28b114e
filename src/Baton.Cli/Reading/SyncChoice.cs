using Baton.C1z;
using Baton.C1z.Syncs;

namespace Baton.Cli.Reading;

/// <summary>
/// Which sync of a file is shown, the same for everything in it. A partial sync never hides a full one: it holds a fragment, and a fragment that looks like the whole is
/// how access gets overlooked.
/// </summary>
/// <param name="Run">The sync.</param>
/// <param name="Warning">What whoever reads it should know; null when there is nothing to say.</param>
internal sealed record SyncChoice(SyncRun Run, string? Warning)
{
    /// <summary>The rule, for the help.</summary>
    public const string Rule =
        """
          - the one of --sync-id, if given;
          - else the latest finished full sync: a partial sync never hides it;
          - else the latest finished sync of another type;
          - else, with a warning, the latest unfinished one.
        """;

    /// <exception cref="CliException">The file holds no such sync, or none at all.</exception>
    public static SyncChoice Of(C1zFile file, string? syncId)
    {
        if (syncId is not null)
        {
            return file.Syncs.Find(syncId) is { } asked
                ? new(asked, asked.IsFinished ? null : Unfinished(asked))
                : throw new CliException($"{file.Path} holds no sync \"{syncId}\"; \"baton syncs -f {file.Path}\" lists the syncs that it holds");
        }

        if (file.Syncs.LatestFinished(SyncType.Full) is { } full)
        {
            return new(full, null);
        }

        if (file.Syncs.LatestFinished() is { } other)
        {
            return new(other, $"{file.Path} holds no finished full sync; this is sync {other.Id}, which is {other.TypeName} and covers only a part");
        }

        return file.Syncs.All().MaxBy(run => run.StartedAt) is { } unfinished
            ? new(unfinished, Unfinished(unfinished))
            : throw new CliException($"{file.Path} holds no sync; run the connector to write one");
    }

    private static string Unfinished(SyncRun run) => $"sync {run.Id} is unfinished; what it holds may be incomplete";
}
