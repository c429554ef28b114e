using System.Globalization;

namespace Baton.Sdk.Logging;

/// <summary>Times as log lines have them.</summary>
internal static class LogTime
{
    /// <summary>A time that does not say where it was taken is taken for UTC, like all of ours.</summary>
    public static DateTimeOffset Of(DateTime moment)
        => new(moment.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : moment);

    /// <summary>A decimal keeps all seven places of a tick and writes none that do not matter.</summary>
    public static decimal UnixSeconds(DateTimeOffset moment) => Seconds(moment - DateTimeOffset.UnixEpoch);

    public static decimal Seconds(TimeSpan duration) => (decimal)duration.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>ISO 8601 with milliseconds, and the offset as <c>Z</c> or <c>+0100</c>.</summary>
    public static string Text(DateTimeOffset moment)
        => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) + Offset(moment.Offset);

    private static string Offset(TimeSpan offset)
        => offset == TimeSpan.Zero ? "Z" : (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
