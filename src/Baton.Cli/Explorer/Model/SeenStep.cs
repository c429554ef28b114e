using Baton.Evidence.Accounts;

namespace Baton.Cli.Explorer.Model;

/// <summary>One step of the scale on which accounts were last seen.</summary>
/// <param name="MostDays">The longest ago that still belongs to it; null for the two that have no time.</param>
internal sealed record SeenStep(string Id, string Label, int? MostDays)
{
    private static readonly SeenStep Never = new("never", "never", null);
    private static readonly SeenStep Unknown = new("unknown", "not provided", null);

    public static IReadOnlyList<SeenStep> All { get; } =
    [
        new("7", "≤ 7 days", 7),
        new("30", "≤ 30", 30),
        new("90", "≤ 90", 90),
        new("180", "≤ 180", 180),
        new("365", "≤ 1 year", 365),
        new("older", "older", int.MaxValue),
        Never,
        Unknown,
    ];

    public static SeenStep Of(LastSeen seen, DateTimeOffset now) => seen.Quality switch
    {
        LastSeenQuality.Never => Never,
        LastSeenQuality.Unknown => Unknown,
        _ => OfDays(seen.DaysBefore(now) ?? 0),
    };

    private static SeenStep OfDays(int days)
    {
        foreach (var step in All)
        {
            if (days <= step.MostDays)
            {
                return step;
            }
        }

        throw new InvalidOperationException($"The scale has no step for {days} days.");
    }
}
