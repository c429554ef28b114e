using System.Text.Json.Nodes;
using Baton.Sdk.Logging;

namespace Baton.Sdk.Tests.Logging;

public class FieldWriterTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { "a\"b<é>'\n", "\"a\\\"b<é>'\\n\"" },
        { true, "true" },
        { -1, "-1" },
        { ulong.MaxValue, "18446744073709551615" },
        { (byte)3, "3" },
        { 0.5, "0.5" },
        { 1.25f, "1.25" },
        { double.NaN, "\"NaN\"" },
        { 12.30m, "12.30" },
        { TimeSpan.FromTicks(1), "0.0000001" },
        { TimeSpan.FromSeconds(-90), "-90" },
        { DateTimeOffset.FromUnixTimeMilliseconds(1500), "1.5" },
        { new DateTime(1970, 1, 1, 0, 0, 2, DateTimeKind.Unspecified), "2" },
        { DayOfWeek.Friday, "\"Friday\"" },
        { new List<int> { 1, 2 }, "[1,2]" },
        { new object?[] { "a", null, new[] { true } }, "[\"a\",null,[true]]" },
        { new Dictionary<string, int>(StringComparer.Ordinal) { ["resourceType"] = 1 }, "{\"resourceType\":1}" },
        { new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = TimeSpan.FromSeconds(1) }, "{\"a\":1}" },
        { new IOException("broken"), "\"broken\"" },
        { Guid.Empty, "\"00000000-0000-0000-0000-000000000000\"" },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void WriteFields_Value_HasItsJsonForm(object? value, string expected)
    {
        using var log = new LogCapture();

        log.Logger.LogValues(value);

        Assert.EndsWith($",\"msg\":\"values\",\"value\":{expected}}}\n", log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteFields_MoreThanSix_AreAllThere()
    {
        using var log = new LogCapture();

        log.Logger.LogMany(1, 2, c: true, 0.5, "e", TimeSpan.FromSeconds(1.5), DateTimeOffset.UnixEpoch, h: null);

        Assert.EndsWith("""
            "msg":"many","a":1,"b":2,"c":true,"d":0.5,"e":"e","f":1.5,"g":0,"h":null}

            """, log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteFields_Times_AreTextOnTheConsole()
    {
        using var log = new LogCapture(new() { Format = LogFormat.Console });

        log.Logger.LogMany(1, 2, c: true, 0.5, "e", new TimeSpan(1, 2, 3), DateTimeOffset.UnixEpoch.AddMilliseconds(7), h: null);

        var members = JsonNode.Parse(log.Error.Split('\t')[^1])!;
        Assert.Equal("1h2m3s", (string?)members["f"]);
        Assert.Equal("1970-01-01T00:00:00.007Z", (string?)members["g"]);
    }
}
