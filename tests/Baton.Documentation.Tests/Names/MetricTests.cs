using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Baton.Documentation.Tests.Pages;
using Baton.Sdk.Telemetry;

namespace Baton.Documentation.Tests.Names;

public sealed partial class MetricTests
{
    // What Prometheus adds to a name, for the unit or the kind.
    private static readonly string[] Additions = ["", "_seconds", "_bytes", "_total", "_ratio", "_bucket", "_count", "_sum", "_seconds_bucket", "_seconds_count", "_seconds_sum", "_bytes_total"];

    [Fact]
    public void Pages_Metrics_AreMeasured()
    {
        var published = Published();
        var inPrometheus = published.SelectMany(name => Additions.Select(addition => name.Replace('.', '_') + addition)).ToHashSet(StringComparer.Ordinal);
        var attributes = Repository.Sources("src/Baton.Sdk").Select(File.ReadAllText).SelectMany(text => Literal().Matches(text)).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        var unknown = (from page in DocumentPage.All
                       from match in Named().Matches(page.Text)
                       let name = match.Value
                       where !published.Contains(name) && !attributes.Contains(name) && !inPrometheus.Contains(name)
                       select $"{page}: {name}").Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(published);
        Assert.True(unknown.Count == 0, $"nothing measures these:\n   {string.Join("\n   ", unknown)}");
    }

    private static HashSet<string> Published()
    {
        RuntimeHelpers.RunClassConstructor(typeof(ConnectorTelemetry).TypeHandle);
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == ConnectorTelemetry.Name)
                {
                    names.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex(@"\bbaton(\.(task|poll|sync|upload|retry)[a-z._]*[a-z]|_(task|poll|sync|upload|retry)_[a-z_]*[a-z])", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex(@"""(?<name>baton\.[a-z._]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();
}
