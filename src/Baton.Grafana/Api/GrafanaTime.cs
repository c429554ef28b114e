using System.Globalization;

namespace Baton.Grafana.Api;

/// <summary>The times in Grafana's JSON.</summary>
internal static class GrafanaTime
{
    /// <summary>Null for no time, or the zero time, which some versions write instead.</summary>
    public static DateTimeOffset? Parse(string? text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1 ? time : null;
}
