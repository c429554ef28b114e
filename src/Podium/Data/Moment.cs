namespace Podium.Data;

/// <summary>
/// A moment in UTC, in whole microseconds since 1970: what both databases keep without loss, compare, and index as a 64-bit integer.
/// Cut when it is read from a clock, so that what was written and what is read back are equal.
/// </summary>
public readonly record struct Moment(long Microseconds) : IComparable<Moment>
{
    public static Moment From(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(Microseconds * TimeSpan.TicksPerMicrosecond);

    public int CompareTo(Moment other) => Microseconds.CompareTo(other.Microseconds);

    public static bool operator <(Moment left, Moment right) => left.Microseconds < right.Microseconds;

    public static bool operator >(Moment left, Moment right) => left.Microseconds > right.Microseconds;

    public static bool operator <=(Moment left, Moment right) => left.Microseconds <= right.Microseconds;

    public static bool operator >=(Moment left, Moment right) => left.Microseconds >= right.Microseconds;

    public static Moment operator +(Moment moment, TimeSpan span) => new(moment.Microseconds + (span.Ticks / TimeSpan.TicksPerMicrosecond));

    public static Moment operator -(Moment moment, TimeSpan span) => new(moment.Microseconds - (span.Ticks / TimeSpan.TicksPerMicrosecond));

    public static TimeSpan operator -(Moment left, Moment right) => TimeSpan.FromTicks((left.Microseconds - right.Microseconds) * TimeSpan.TicksPerMicrosecond);

    /// <summary>RFC 3339 with six digits of the second and <c>Z</c>: what the API prints.</summary>
    public override string ToString() => ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
}
