using System.Globalization;
using Baton.C1z.Syncs;
using Baton.Evidence.Reading;

namespace Baton.Cli.Files;

/// <summary>Which earlier sync of a file another one is compared with.</summary>
internal static class Baseline
{
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss'Z'", "yyyy-MM-ddTHH:mm:sszzz"];

    /// <param name="since">A sync's id, a time, or how long before the sync that is shown.</param>
    /// <exception cref="CliException">The text is none of these, or the file holds no such sync.</exception>
    public static SyncRun Find(FileSession session, string since)
    {
        var shown = session.Reader.Run;
        var earlier = session.Syncs.All().Where(run => run.Type == SyncType.Full && run.EndedAt is not null && run.StartedAt < shown.StartedAt).ToList();
        if (session.Syncs.Find(since) is { } named)
        {
            return earlier.Find(run => run.Id == named.Id)
                ?? throw new CliException($"--since: sync {since} is not a finished full sync before the one that is shown, {shown.Id}", BatonExitCode.NoSync);
        }

        var time = Parse(since, shown.StartedAt)
            ?? throw new CliException($"--since \"{since}\" is neither a time (2026-08-24, 2026-08-24T06:00:00Z) nor a length of time (90d, 12h) nor a sync of the file", BatonExitCode.Usage);
        return earlier.Where(run => run.EndedAt <= time).MaxBy(run => run.EndedAt)
            ?? throw new CliException($"--since: {session.Path} holds no full sync that ended by {Facts.Time(time)}{Earliest(earlier)}", BatonExitCode.NoSync);
    }

    /// <summary>A time, or as long before <paramref name="from"/>; null when the text is neither.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset from)
    {
        if (DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 100_000)
        {
            return null;
        }

        return text[^1] switch
        {
            'd' => from.AddDays(-count),
            'w' => from.AddDays(-7 * count),
            'h' => from.AddHours(-count),
            'm' => from.AddMinutes(-count),
            _ => null,
        };
    }

    private static string Earliest(List<SyncRun> earlier)
        => earlier.MinBy(run => run.EndedAt) is { EndedAt: { } ended } ? $"; the earliest ended {Facts.Time(ended)}" : "; it holds none before the one that is shown";
}
