using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class StatsCommandTests
{
    [Fact]
    public async Task Json_FinishedSync_HasTheSyncAndItsCounts()
    {
        var result = await Cli.Run("stats", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "-o", "json");

        var expected = Fixtures.Listings(Fixtures.TwoSyncs)["syncs"]!["syncs"]![1]!.DeepClone();
        expected["stats"] = JsonNode.Parse(
            """
            {"resourceTypes": "2", "resources": "7", "entitlements": "6", "grants": "8",
             "resourcesByResourceType": {"org": "2", "user": "5"}, "entitlementsByResourceType": {"org": "6"}, "grantsByResourceType": {"org": "8"}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, result.Succeeded().Json), result.Output);
    }

    [Fact]
    public async Task Json_SyncIdGiven_CountsThatSync()
    {
        const string first = "3MVN1hcHANR2zv3RdqrpMENY6kQ";

        var result = await Cli.Run("stats", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "-o", "json", "--sync-id", first);

        Assert.Equal("7", (string?)result.Succeeded().Json["stats"]!["grants"]);
    }
}
