using Baton.Evidence.Review.Decisions;

namespace Baton.Evidence.Tests.Review.Decisions;

public sealed class SheetTextTests
{
    [Theory]
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData("2026-11-23T00:00:00", "2026-11-23")]
    [InlineData("46349", "2026-11-23")]
    [InlineData("46349.75", "2026-11-23")]
    [InlineData("23.11.2026", "2026-11-23")]
    [InlineData("1.2.2026", "2026-02-01")]
    [InlineData("23/11/2026", "2026-11-23")]
    [InlineData("11/23/2026 0:00", "2026-11-23")]
    [InlineData("5/5/2026", "2026-05-05")]
    [InlineData("2026/11/23", "2026-11-23")]
    [InlineData("3/4/2026", "3/4/2026")]
    [InlineData("31.02.2026", "31.02.2026")]
    [InlineData("last week", "last week")]
    [InlineData("", "")]
    public void Day_OfASpreadsheet_IsTheOneDayThatItCanMean(string text, string expected) => Assert.Equal(expected, SheetText.Day(text));
}
