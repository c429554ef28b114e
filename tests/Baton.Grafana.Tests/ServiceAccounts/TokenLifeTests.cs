using Baton.Grafana.ServiceAccounts;
using CsCheck;

namespace Baton.Grafana.Tests.ServiceAccounts;

public sealed class TokenLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(86400, 86370)]
    [InlineData(60, 30)]
    [InlineData(60.9, 30)]
    [InlineData(31, 1)]
    [InlineData(30, 1)]
    [InlineData(0, 1)]
    [InlineData(-100, 1)]
    public void Seconds_UntilADeadline_LeavesAMargin(double remaining, long seconds)
        => Assert.Equal(seconds, TokenLife.Seconds(Now, Now.AddSeconds(remaining)));

    [Fact]
    public void Seconds_OfAnyAcceptableDeadline_EndBeforeItAndAreNeverForEver()
        => Gen.Double[60, 1e8].Sample(remaining =>
        {
            var seconds = TokenLife.Seconds(Now, Now.AddSeconds(remaining));
            return seconds >= 1 && seconds <= remaining - 30;
        });
}
