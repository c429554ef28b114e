using System.Globalization;

namespace Baton.Testing.Grafana.Api;

/// <summary>Points in time as Grafana writes them, to the second.</summary>
internal static class Timestamps
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
