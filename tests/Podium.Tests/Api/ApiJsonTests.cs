using System.Text.Json;
using Podium.Api;
using Podium.Data;

namespace Podium.Tests.Api;

public sealed class ApiJsonTests
{
    private enum Colour
    {
        DeepRed,
    }

    [Fact]
    public void Serialize_EveryKind_IsAsClientsReadIt()
    {
        var text = JsonSerializer.Serialize(new Sample { GrantCount = long.MaxValue, PageSize = 7, At = new(1_772_633_100_000_000), Colour = Colour.DeepRed }, ApiJson.Options);

        Assert.Equal(
            """{"grantCount":"9223372036854775807","pageSize":7,"at":"2026-03-04T14:05:00.000000Z","until":null,"colour":"DEEP_RED","list":[],"sizes":{}}""",
            text);
    }

    [Fact]
    public void Deserialize_SnakeCaseTextsAndOffsets_AreTaken()
    {
        var sample = JsonSerializer.Deserialize<Sample>(
            """{"grant_count":"12","page_size":"7","at":"2026-03-04T15:05:00.123+01:00","colour":"DEEP_RED","sizes":{"snake_key":"1"},"else":1}""", ApiJson.Options)!;

        Assert.Equal(12, sample.GrantCount);
        Assert.Equal(7, sample.PageSize);
        Assert.Equal(new Moment(1_772_633_100_123_000), sample.At);
        // Keys of maps are data, not names.
        Assert.Equal(1, sample.Sizes["snake_key"]);
    }

    [Theory]
    [InlineData("""{"grantCount":"1.5"}""")]
    [InlineData("""{"grantCount":"9223372036854775808"}""")]
    [InlineData("""{"at":"2026-03-04 14:05:00"}""")]
    [InlineData("""{"at":""}""")]
    [InlineData("""{"colour":0}""")]
    public void Deserialize_AnythingElse_IsRefused(string text) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Sample>(text, ApiJson.Options));

    [Theory]
    [InlineData(null, 25)]
    [InlineData(0, 25)]
    [InlineData(-5, 25)]
    [InlineData(1, 10)]
    [InlineData(50, 50)]
    [InlineData(1000, 100)]
    public void Of_AnySize_IsBounded(int? asked, int expected) => Assert.Equal(expected, ApiPage.Of(asked, "").Size);

    private sealed record Sample
    {
        public long GrantCount { get; init; }

        public int PageSize { get; init; }

        public Moment At { get; init; }

        public Moment? Until { get; init; }

        public Colour Colour { get; init; }

        public IReadOnlyList<string> List { get; init; } = [];

        public Dictionary<string, long> Sizes { get; init; } = [];
    }
}
