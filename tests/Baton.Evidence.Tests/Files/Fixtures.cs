using System.Text.Json.Nodes;

namespace Baton.Evidence.Tests.Files;

/// <summary>Files that upstream wrote, and what upstream's own tool lists of them.</summary>
internal static class Fixtures
{
    public const string Expansion = "expansion-children-static";
    public const string Grafana = "grafana-4users-2orgs";
    public const string Legacy = "grafana-legacy-schema";
    public const string TwoSyncs = "grafana-two-syncs";

    public static string[] All { get; } = [Expansion, Grafana, Legacy, TwoSyncs];

    public static string PathOf(string name) => Repository.Fixture("c1z", $"{name}.c1z");

    /// <summary>The listings, by the name of the command; those of one sync under <c>bySync</c>.</summary>
    public static JsonObject Listings(string name)
        => JsonNode.Parse(File.ReadAllText(Repository.Fixture("c1z", $"{name}.json")))!["listings"]!.AsObject();
}
