using System.Globalization;
using System.Text.Json.Nodes;

namespace Baton.Demo;

/// <summary>How much a Grafana holds, by one reader of it.</summary>
internal sealed record Counts(long Accounts, long Entitlements, long Grants)
{
    /// <summary>As baton reads it from a file: accounts are the resources of the types that have the trait of users.</summary>
    public static async Task<Counts> OfFileAsync(string file, CancellationToken cancellationToken)
    {
        var stats = JsonNode.Parse(await Executables.ReadAsync(Executables.Baton, ["stats", "--file", file, "--output-format", "json"], cancellationToken))!["stats"]!;
        var types = JsonNode.Parse(await Executables.ReadAsync(Executables.Baton, ["resource-types", "--file", file, "--output-format", "json"], cancellationToken))!["resourceTypes"]!;
        var users = types.AsArray().Select(row => row!["resourceType"]!)
            .Where(type => type["traits"] is JsonArray traits && traits.Any(trait => trait!.GetValue<string>() == "TRAIT_USER"))
            .Select(type => type["id"]!.GetValue<string>());
        return new(users.Sum(type => Number(stats["resourcesByResourceType"]![type])), Number(stats["entitlements"]), Number(stats["grants"]));
    }

    private static long Number(JsonNode? node) => node is null ? 0 : long.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture);
}
