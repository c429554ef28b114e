using Baton.Evidence.Accounts;

namespace Baton.Evidence.Tests.Accounts;

public sealed class LastSeenTests
{
    private static readonly DateTimeOffset Synced = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2016-10-04", "2014-03-01", LastSeenQuality.Observed)]
    [InlineData("2014-03-01", "2014-03-01", LastSeenQuality.Observed)]
    [InlineData("2013-06-01", "2013-01-01", LastSeenQuality.Observed)]
    [InlineData("2004-03-01", "2014-03-01", LastSeenQuality.Never)]
    [InlineData("2016-11-20", "2026-11-20", LastSeenQuality.Never)]
    [InlineData("2020-01-01", "2026-11-20", LastSeenQuality.Never)]
    public void Of_CreationIsKnown_NeverIsBeforeIt(string seen, string created, LastSeenQuality expected)
        => Assert.Equal(expected, LastSeen.Of(Day(seen), Day(created), Synced).Quality);

    [Theory]
    [InlineData("2016-11-20", LastSeenQuality.Never)]
    [InlineData("2013-06-01", LastSeenQuality.Never)]
    [InlineData("2018-01-01", LastSeenQuality.Observed)]
    public void Of_CreationIsUnknown_TenYearsAgoIsNever(string seen, LastSeenQuality expected)
        => Assert.Equal(expected, LastSeen.Of(Day(seen), null, Synced).Quality);

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse($"{text}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
