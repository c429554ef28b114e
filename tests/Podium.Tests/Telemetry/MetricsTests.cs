using System.Text.RegularExpressions;
using Baton.Testing;
using Baton.Testing.Telemetry;
using Podium.Connectors;
using Podium.Data;
using Podium.Hosting;
using Podium.Telemetry;
using Podium.Tests.Backups;
using Podium.Tests.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.Telemetry;

public sealed partial class MetricsTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Metrics_AfterASync_TellOfIt(DatabaseKind kind)
    {
        await using var rig = await BackupRig.StartAsync(kind);
        using var browser = rig.Server.Client();
        await browser.GetAsync("/set-up/hush-hush-hush?q=hush-hush", Cancellation);
        await browser.GetAsync("/made/up/by/a/stranger", Cancellation);
        await rig.Server.Get<StateTelemetry>().ReadAsync(Cancellation);

        var text = await TextAsync(rig.Server);

        // Other servers of this process may have counted too.
        Assert.True(Value(text, "podium_syncs_total{outcome=\"applied\"}") >= 3);
        Assert.True(Value(text, "podium_sync_duration_seconds_count{outcome=\"applied\"}") >= 3);
        Assert.True(Value(text, "podium_attempts_total{kind=\"sync_full\",state=\"out\"}") >= 3);
        Assert.True(Value(text, "podium_attempts_total{kind=\"sync_full\",state=\"done\"}") >= 3);
        Assert.True(Value(text, "podium_request_duration_seconds_count{method=\"GET\",route=\"/set-up/{token}\",status=\"200\"}") >= 1);
        Assert.True(Value(text, "podium_request_duration_seconds_count{method=\"GET\",route=\"none\",status=\"404\"}") >= 1);
        Assert.Contains("podium_request_duration_seconds_bucket{method=\"POST\",route=\"/c1.connectorapi.baton.v1.BatonService/UploadAsset\",status=\"200\",le=\"+Inf\"}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        Assert.DoesNotContain("stranger", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_Names_AreThoseOfThePage()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);

        var served = Declared().Matches(await TextAsync(server)).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal).ToList();

        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/podium/metrics.md"), Cancellation);
        var documented = Documented().Matches(page).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(served);
        Assert.Equal(served, documented);
    }

    [Fact]
    public async Task Metrics_EveryLine_IsOfTheFormat()
    {
        await using var rig = await BackupRig.StartAsync(DatabaseKind.Sqlite);

        foreach (var line in (await TextAsync(rig.Server)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Matches(@"\A(# (HELP|TYPE) podium_[a-z_]+ .+|podium_[a-z_]+(\{([a-z_]+=""[^""]*"",?)*\})? (-?[0-9.]+(E[-+][0-9]+)?|\+Inf))\z", line);
        }
    }

    [Fact]
    public async Task Metrics_OnThePublicListener_AreNotThere()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var client = server.Client();

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync("/metrics", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Export_ToACollector_SendsTheSame()
    {
        await using var collector = await FakeCollector.StartAsync(Cancellation);
        List<string> problems = [];
        var export = TelemetryExportOptions.From(collector.Address, isInsecure: true, authoritiesPath: null, hasTraces: true, _ => null, problems);
        await using (var server = await TestServer.StartAsync(DatabaseKind.Sqlite, change: options => options with { Telemetry = export }))
        {
            using var client = server.Client();
            await client.GetAsync("/set-up/hush-hush-hush", Cancellation);
        }

        Assert.Empty(problems);
        Assert.Contains(collector.Points, point => point.Metric == "podium.request.duration");
        Assert.Contains(collector.Spans, span => span.Name == "GET /set-up/{token}");
        Assert.Equal("podium", collector.Resource["service.name"]);
        Assert.DoesNotContain(collector.Received, content => content.AsSpan().IndexOf("hush"u8) >= 0);
    }

    private static async Task<string> TextAsync(TestServer server)
    {
        using var client = server.Client(Listener.Health);
        return await client.GetStringAsync("/metrics", Cancellation);
    }

    private static double Value(string text, string series)
        => text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal)) is { } line ? double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(@"^# TYPE (?<name>\S+) ", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^\| `(?<name>podium_[a-z_]+)`", RegexOptions.Multiline)]
    private static partial Regex Documented();
}
