using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Baton.Sdk.Telemetry;

namespace Baton.Deployment.Tests.Monitoring;

/// <summary>A metric of the connector as Prometheus stores it, by OpenTelemetry's rules of translation.</summary>
/// <param name="Series">A histogram has three.</param>
/// <param name="Labels">Those of its own; a target's come with every metric.</param>
internal sealed partial record PrometheusMetric(IReadOnlyList<string> Series, IReadOnlySet<string> Labels)
{
    /// <summary>What the meter has, and the attributes that docs/telemetry.md gives to it: that page is held to the code by a test of its own.</summary>
    public static IReadOnlyDictionary<string, PrometheusMetric> BySeries()
    {
        RuntimeHelpers.RunClassConstructor(typeof(ConnectorTelemetry).TypeHandle);
        var page = MetricRow().Matches(File.ReadAllText(Repository.PathOf("docs", "telemetry.md")))
            .ToDictionary(row => row.Groups["name"].Value, row => Attribute().Matches(row.Groups["attributes"].Value).Select(match => match.Groups["name"].Value).ToList(), StringComparer.Ordinal);
        var bySeries = new Dictionary<string, PrometheusMetric>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == ConnectorTelemetry.Name)
                {
                    var metric = Translate(instrument, page[instrument.Name]);
                    foreach (var series in metric.Series)
                    {
                        bySeries.Add(series, metric);
                    }
                }
            },
        };
        listener.Start();
        return bySeries;
    }

    private static PrometheusMetric Translate(Instrument instrument, IEnumerable<string> attributes)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            ['{', ..] => "",
            var other => throw new InvalidOperationException($"{instrument.Name} has the unit {other}, whose name in Prometheus is not known here."),
        };
        var name = Underscored(instrument.Name) + unit;
        var labels = attributes.Select(Underscored);
        return instrument switch
        {
            Histogram<double> => new([name + "_bucket", name + "_sum", name + "_count"], labels.Append("le").ToHashSet(StringComparer.Ordinal)),
            Counter<long> => new([name + "_total"], labels.ToHashSet(StringComparer.Ordinal)),
            Gauge<long> or UpDownCounter<long> => new([name], labels.ToHashSet(StringComparer.Ordinal)),
            _ => throw new InvalidOperationException($"{instrument.Name} is a {instrument.GetType().Name}, whose form in Prometheus is not known here."),
        };
    }

    private static string Underscored(string name) => name.Replace('.', '_');

    [GeneratedRegex(@"^\| `(?<name>[a-z.]+)` \| `[^`]+` \|(?<attributes>[^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex MetricRow();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Attribute();
}
