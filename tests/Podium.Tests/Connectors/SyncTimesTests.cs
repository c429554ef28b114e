using Podium.Connectors.Syncs;
using Podium.Data;

namespace Podium.Tests.Connectors;

public sealed class SyncTimesTests
{
    // A Sunday, in the week in which Berlin's clocks went back.
    private static readonly Moment Now = Moment.From(new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("0 6 * * 1-5", "Europe/Berlin", "2026-10-26T05:00", "2026-10-27T05:00")]
    [InlineData("0 6 * * *", "UTC", "2026-10-25T06:00", "2026-10-26T06:00")]
    [InlineData("*/5 * * * *", "", "2026-10-25T00:05", "2026-10-25T00:10")]
    // Half past two comes twice in that night, and is taken once.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30", "2026-10-26T01:30")]
    // The 13th that is also a Friday: both must fit.
    [InlineData("0 0 13 * 5", "UTC", "2026-11-13T00:00", "2027-08-13T00:00")]
    public void Cron_GoodLine_ComesWhenItSays(string line, string zone, string first, string second)
    {
        var next = SyncTimes.Cron(line, zone, Now).Next(Now, 2);

        Assert.Equal([first, second], next.Select(time => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("* * * * *", "UTC", "cron")]
    [InlineData("0,4 * * * *", "UTC", "cron")]
    [InlineData("0 0 30 2 *", "UTC", "cron")]
    [InlineData("0 0 0 * * *", "UTC", "cron")]
    [InlineData("every morning", "UTC", "cron")]
    [InlineData("", "UTC", "cron")]
    [InlineData("0 6 * * *", "Middle/Earth", "zone")]
    public void Cron_WhatDoesNotDo_IsNamed(string line, string zone, string field)
        => Assert.Equal(field, Assert.Throws<Refusal>(() => SyncTimes.Cron(line, zone, Now)).Field);

    [Theory]
    [InlineData(4)]
    [InlineData(32 * 24 * 60)]
    public void Every_TooShortOrTooLong_IsRefused(int minutes)
        => Assert.Equal("interval", Assert.Throws<Refusal>(() => SyncTimes.Every(TimeSpan.FromMinutes(minutes))).Field);

    [Fact]
    public void Next_OfAnInterval_CountsFromTheOneBefore()
        => Assert.Equal(Now + TimeSpan.FromMinutes(30), SyncTimes.Every(TimeSpan.FromMinutes(30)).Next(Now));
}
