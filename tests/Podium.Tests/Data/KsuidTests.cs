using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Podium.Data;

namespace Podium.Tests.Data;

public sealed class KsuidTests
{
    [Fact]
    public void New_AnyMoment_IsReadBackAndSortsByAge()
        => Gen.Select(Gen.Long[0, int.MaxValue], Gen.Long[1, 1_000_000]).Sample((second, later) =>
        {
            var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_400_000_000 + second));
            var first = Ksuid.New(clock);
            clock.Advance(TimeSpan.FromSeconds(later));
            var next = Ksuid.New(clock);

            return Ksuid.TryParse(first.ToString(), out var read) && read == first && string.CompareOrdinal(first.ToString(), next.ToString()) < 0;
        });

    // The id and its time are the format's own example.
    [Fact]
    public void TryParse_TextOfTheFormat_IsTaken() => Assert.True(Ksuid.TryParse("0ujtsYcgvSTl8PAuAdqWYSMnLOv", out _));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("grafana")]
    [InlineData("0ujtsYcgvSTl8PAuAdqWYSMnLO_")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void TryParse_AnythingElse_IsNot(string? text) => Assert.False(Ksuid.TryParse(text, out _));
}
