using Baton.Sdk.Logging;

namespace Baton.Sdk.Tests.Logging;

public class DurationTextTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "100ns")]
    [InlineData(15, "1.5µs")]
    [InlineData(108_244, "10.8244ms")]
    [InlineData(15_000_000, "1.5s")]
    [InlineData(600_000_000, "1m0s")]
    [InlineData(36_000_000_000, "1h0m0s")]
    [InlineData(2_000_000_000_000, "55h33m20s")]
    [InlineData(-15_000_000, "-1.5s")]
    [InlineData(long.MinValue, "-256204778h48m5.4775808s")]
    public void Of_Ticks_IsWrittenByItsSize(long ticks, string expected) => Assert.Equal(expected, DurationText.Of(new TimeSpan(ticks)));
}
