using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Baton.Sdk.Telemetry;

namespace Baton.Sdk.Tests.Telemetry;

/// <summary>docs/telemetry.md lists what there is, all of it and nothing else.</summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "telemetry.md"));

    [Fact]
    public void Page_Metrics_AreThoseOfTheMeter()
    {
        RuntimeHelpers.RunClassConstructor(typeof(ConnectorTelemetry).TypeHandle);
        var published = new List<(string Name, string Unit)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == ConnectorTelemetry.Name)
                {
                    published.Add((instrument.Name, instrument.Unit!));
                }
            },
        };
        listener.Start();

        Assert.Equal(published.Order(), MetricRow().Matches(Page).Select(row => (row.Groups["name"].Value, row.Groups["unit"].Value)).Order());
    }

    [Fact]
    public void Page_Spans_AreThoseThatAreStarted()
    {
        var started = Sources().SelectMany(text => StartedSpan().Matches(text)).Select(match => Blank(match.Groups["name"].Value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        Assert.Equal(started, SpanRow().Matches(Page[Page.IndexOf("## Spans", StringComparison.Ordinal)..]).Select(row => Blank(row.Groups["name"].Value)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_Attributes_AreAllNamed()
    {
        var used = Sources().SelectMany(text => Attribute().Matches(text)).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sources() => Repository.Sources("src/Baton.Sdk").Select(File.ReadAllText);

    // What varies in a name is called otherwise in the code than on the page.
    private static string Blank(string name) => Varying().Replace(name, "{}");

    [GeneratedRegex(@"^\| `(?<name>[a-z.]+)` \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SpanRow();

    [GeneratedRegex(@"StartActivity\(\s*\$?""(?<name>[^""]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex StartedSpan();

    [GeneratedRegex(@"""(?<name>(baton\.(task|sync|retry|upload)|http\.request|http\.response|server|url|error)\.[a-z_]+|baton\.outcome)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Varying();
}
