using System.Diagnostics.CodeAnalysis;
using Cronos;
using Podium.Data;

namespace Podium.Connectors.Syncs;

/// <summary>
/// When a connector is synced: so long after the end of the sync before, or by cron in a zone. Of day of month and day of week, both must fit (other
/// programs take either), which is why whoever writes such a line is shown what it comes to.
/// </summary>
internal sealed record SyncTimes
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    // So many in a row are looked at for two that are too close: an hour's worth of the closest.
    private const int Looked = 60;
    private const int LongestText = 100;

    private readonly CronExpression? _cron;
    private readonly TimeZoneInfo? _zone;

    private SyncTimes(TimeSpan interval, string? text, CronExpression? cron, TimeZoneInfo? zone)
        => (Interval, CronText, _cron, _zone) = (interval, text, cron, zone);

    /// <summary>Used where there is no <see cref="CronText"/>.</summary>
    public TimeSpan Interval { get; }

    public string? CronText { get; }

    public string? ZoneId => _zone?.Id;

    /// <exception cref="Refusal">It is too short or too long.</exception>
    public static SyncTimes Every(TimeSpan interval) => interval >= Shortest && interval <= Longest
        ? new(interval, null, null, null)
        : throw new Refusal($"The interval is from {Shortest.TotalMinutes:0} minutes to {Longest.TotalDays:0} days.", "interval");

    /// <summary>Five fields: minute, hour, day of month, month, day of week.</summary>
    /// <exception cref="Refusal">It is no such line, never comes, or comes more often than every five minutes; or there is no such zone.</exception>
    public static SyncTimes Cron(string text, string zoneId, Moment now)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId.Length == 0 ? "UTC" : zoneId, out var zone))
        {
            throw new Refusal($"There is no time zone {zoneId}: give one like Europe/Berlin, or UTC.", "zone");
        }

        if (!TryParse(text, out var cron, out var problem))
        {
            throw new Refusal($"This is not a cron line of five fields (minute, hour, day of month, month, day of week): {problem}", "cron");
        }

        var times = new SyncTimes(TimeSpan.FromHours(1), text, cron, zone);
        var next = times.Next(now, Looked);
        return next.Count == 0 ? throw new Refusal("This cron line never comes: such a day does not exist.", "cron")
            : next.Zip(next.Skip(1)).Any(pair => pair.Second - pair.First < Shortest) ? throw new Refusal("A connector is synced every five minutes at most: this comes more often.", "cron")
            : times;
    }

    /// <summary>Those of a connector; a zone that this machine no longer knows is taken for UTC rather than never.</summary>
    public static SyncTimes Of(Connector connector)
    {
        var interval = TimeSpan.FromSeconds(connector.SyncIntervalSeconds);
        return connector.SyncCron is { } text && TryParse(text, out var cron, out _)
            ? new(interval, text, cron, TimeZoneInfo.TryFindSystemTimeZoneById(connector.SyncZone ?? "UTC", out var zone) ? zone : TimeZoneInfo.Utc)
            : new(interval, null, null, null);
    }

    public void Store(Connector connector)
        => (connector.SyncIntervalSeconds, connector.SyncCron, connector.SyncZone) = (CronText is null ? (int)Interval.TotalSeconds : connector.SyncIntervalSeconds, CronText, ZoneId);

    /// <summary>The first one later than <paramref name="after"/>.</summary>
    public Moment Next(Moment after) => _cron?.GetNextOccurrence(after.ToDateTimeOffset(), _zone!) is { } time ? Moment.From(time) : after + Interval;

    /// <summary>The next ones of a cron line, fewer where it ends.</summary>
    public IReadOnlyList<Moment> Next(Moment after, int count)
    {
        var times = new List<Moment>(count);
        for (var time = after.ToDateTimeOffset(); times.Count < count && _cron?.GetNextOccurrence(time, _zone!) is { } next; time = next)
        {
            times.Add(Moment.From(next));
        }

        return times;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? cron, [NotNullWhen(false)] out string? problem)
    {
        (cron, problem) = (null, text.Length > LongestText ? "it is too long" : null);
        try
        {
            cron = problem is null ? CronExpression.Parse(text, CronFormat.Standard) : null;
        }
        catch (CronFormatException malformed)
        {
            problem = malformed.Message;
        }

        return problem is null && cron is not null;
    }
}
