using Baton.C1z.Schema;
using CsCheck;

namespace Baton.C1z.Tests.Schema;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2026-11-23T10:40:25.1647087+05:30", "2026-11-23 10:40:25.1647087")]
    [InlineData("2026-11-23T10:40:25.1000000-08:00", "2026-11-23 10:40:25.1")]
    [InlineData("2026-01-02T03:04:05.0000000Z", "2026-01-02 03:04:05")]
    public void Format_LocalTime_IsItsWallClockWithoutAZone(string time, string text)
        => Assert.Equal(text, Timestamp.Format(DateTimeOffset.Parse(time)));

    [Theory]
    [InlineData("2026-11-23 10:40:25.164708739", "2026-11-23T10:40:25.1647087Z")]
    [InlineData("2026-11-23 10:40:25.1647087", "2026-11-23T10:40:25.1647087Z")]
    [InlineData("2026-11-23 10:40:25.1", "2026-11-23T10:40:25.1Z")]
    [InlineData("2026-11-23 10:40:25", "2026-11-23T10:40:25Z")]
    [InlineData("2026-11-23T10:40:25", "2026-11-23T10:40:25Z")]
    [InlineData("2026-11-23T10:40:25.164708739", "2026-11-23T10:40:25.1647087Z")]
    [InlineData("2026-11-23T10:40:25.164708739Z", "2026-11-23T10:40:25.1647087Z")]
    [InlineData("2026-11-23 10:40:25Z", "2026-11-23T10:40:25Z")]
    [InlineData("2026-11-23T10:40:25.164708739+02:00", "2026-11-23T08:40:25.1647087Z")]
    [InlineData("2026-11-23 10:40:25-05:30", "2026-11-23T16:10:25Z")]
    [InlineData("2026-11-23 10:40:25.164708739 +0000 UTC", "2026-11-23T10:40:25.1647087Z")]
    [InlineData("2026-11-23 10:40:25 +0000 UTC", "2026-11-23T10:40:25Z")]
    [InlineData("2026-11-23", "2026-11-23T00:00:00Z")]
    public void Parse_LayoutThatReadersAccept_IsTakenForUtc(string text, string time)
    {
        var parsed = Timestamp.Parse(text);

        Assert.Equal(DateTimeOffset.Parse(time), parsed);
        Assert.Equal(TimeSpan.Zero, parsed?.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1795430425")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01 00:00:00")]
    [InlineData("2026-11-23 10:40")]
    [InlineData("2026-11-23 10:40:25.12x")]
    public void Parse_AnythingElse_IsNull(string? text) => Assert.Null(Timestamp.Parse(text));

    [Fact]
    public void Parse_FormattedTime_IsTheWallClockAgain()
        => Gen.Select(Gen.DateTime, Gen.Int[-14 * 60, 14 * 60]).Where((time, _) => time.Year is > 1 and < 9999).Sample((time, minutes) =>
        {
            var local = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), TimeSpan.FromMinutes(minutes));
            return Timestamp.Parse(Timestamp.Format(local)) == new DateTimeOffset(local.DateTime, TimeSpan.Zero);
        });

    [Fact]
    public void Format_LaterTime_SortsLaterAsText()
        => Gen.Select(Gen.DateTime, Gen.DateTime).Sample((one, other) =>
            Math.Sign(one.CompareTo(other)) == Math.Sign(string.CompareOrdinal(
                Timestamp.Format(new(DateTime.SpecifyKind(one, DateTimeKind.Utc))), Timestamp.Format(new(DateTime.SpecifyKind(other, DateTimeKind.Utc))))));
}
