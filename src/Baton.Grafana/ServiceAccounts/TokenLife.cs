namespace Baton.Grafana.ServiceAccounts;

/// <summary>How long a token is to live. One that lives for ever is never made.</summary>
internal static class TokenLife
{
    /// <summary>The least that can be asked for.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);

    /// <summary>When nobody says.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(24);

    // For the way to Grafana, and for clocks that do not agree.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>Whole seconds from now, so that it has ended at its deadline; at least 1, since Grafana takes 0 for no end at all.</summary>
    public static long Seconds(DateTimeOffset now, DateTimeOffset deadline) => Math.Max(1, (long)Math.Floor((deadline - now - Margin).TotalSeconds));
}
