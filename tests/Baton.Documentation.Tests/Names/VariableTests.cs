using System.Text.RegularExpressions;
using Baton.Documentation.Tests.Pages;

namespace Baton.Documentation.Tests.Names;

public sealed partial class VariableTests
{
    // Of the exporter that we use, as OpenTelemetry defines them.
    private static readonly string[] OfOpenTelemetry =
    [
        "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER",
        "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BLRP_SCHEDULE_DELAY",
    ];

    // Read by tests and scripts.
    private static readonly string[] OfThisRepository = ["BATON_E2E_EXECUTABLE", "BATON_UPDATE_REFERENCE"];

    private static readonly HashSet<string> Known =
    [
        .. OfOpenTelemetry,
        .. OfThisRepository,
        .. Definitions.Settings.Fields.Select(field => Definitions.Settings.Names.VariableOf(field.Name)),
        .. Repository.Sources("src").Select(File.ReadAllText).SelectMany(text => Literal().Matches(text)).Select(match => match.Groups["name"].Value),

        // Of baton: a flag's description names its variable.
        .. Definitions.Tree(Definitions.Baton).SelectMany(Definitions.Flags).SelectMany(flag => Named().Matches(flag.Description)).Select(match => match.Value),
    ];

    [Fact]
    public void Pages_Variables_AreRead()
    {
        var unknown = (from page in DocumentPage.All
                       from match in Named().Matches(page.Text)
                       where !Exists(match.Value)
                       select $"{page}: {match.Value}").Distinct(StringComparer.Ordinal).ToList();

        Assert.True(unknown.Count == 0, $"nothing reads these variables:\n   {string.Join("\n   ", unknown)}");
    }

    // A name may stand for all that begin like it, as OTEL_BSP_*.
    private static bool Exists(string name) => name.EndsWith('_') ? Known.Any(known => known.StartsWith(name, StringComparison.Ordinal)) : Known.Contains(name);

    [GeneratedRegex(@"\b(BATON|OTEL)_[A-Z0-9_]*")]
    private static partial Regex Named();

    [GeneratedRegex(@"""(?<name>(BATON|OTEL)_[A-Z0-9_]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();
}
