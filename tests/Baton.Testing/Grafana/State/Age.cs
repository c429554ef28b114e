namespace Baton.Testing.Grafana.State;

/// <summary>How long ago something was, in the one unit that Grafana names: years, months of 30 days, days, hours, minutes.</summary>
internal readonly record struct Age(long Count, char Unit)
{
    public static Age Between(DateTimeOffset then, DateTimeOffset now)
    {
        var minutes = (now.UtcTicks - then.UtcTicks) / TimeSpan.TicksPerMinute;
        var days = minutes / (24 * 60);
        return days >= 365 ? new(days / 365, 'y')
            : days >= 30 ? new(days / 30, 'M')
            : days > 0 ? new(days, 'd')
            : minutes >= 60 ? new(minutes / 60, 'h')
            : minutes > 0 ? new(minutes, 'm')
            : new(0, 'm');
    }

    public override string ToString() => Count == 0 ? "< 1m" : $"{Count}{Unit}";
}
