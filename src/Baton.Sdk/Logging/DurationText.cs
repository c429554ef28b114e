using System.Globalization;

namespace Baton.Sdk.Logging;

/// <summary>Durations for people, in the form that Go gives them: <c>1h2m3.5s</c>, <c>10.824424ms</c>, <c>0s</c>.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan duration)
    {
        var sign = duration < TimeSpan.Zero ? "-" : "";
        var ticks = Math.Abs((decimal)duration.Ticks);
        return sign + ticks switch
        {
            0 => "0s",
            < TimeSpan.TicksPerMicrosecond => $"{ticks * 100:0}ns",
            < TimeSpan.TicksPerMillisecond => Number(ticks / TimeSpan.TicksPerMicrosecond) + "µs",
            < TimeSpan.TicksPerSecond => Number(ticks / TimeSpan.TicksPerMillisecond) + "ms",
            < TimeSpan.TicksPerMinute => Number(ticks / TimeSpan.TicksPerSecond) + "s",
            < TimeSpan.TicksPerHour => MinutesOf(ticks),
            _ => $"{decimal.Truncate(ticks / TimeSpan.TicksPerHour)}h{MinutesOf(ticks % TimeSpan.TicksPerHour)}",
        };
    }

    private static string MinutesOf(decimal ticks)
        => $"{decimal.Truncate(ticks / TimeSpan.TicksPerMinute)}m{Number(ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond)}s";

    private static string Number(decimal value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
