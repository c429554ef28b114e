using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>Every listing of every file that upstream wrote equals what upstream's own tool prints, order included.</summary>
public sealed class FixtureListingTests
{
    public static TheoryData<string, string, string?> Listings()
    {
        var data = new TheoryData<string, string, string?>();
        foreach (var fixture in Fixtures.All)
        {
            foreach (var (name, listing) in Fixtures.Listings(fixture))
            {
                if (name != "bySync")
                {
                    data.Add(fixture, name, null);
                    continue;
                }

                foreach (var (syncId, commands) in listing!.AsObject())
                {
                    commands!.AsObject().ToList().ForEach(command => data.Add(fixture, command.Key, syncId));
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Listings))]
    public async Task Json_FileOfUpstream_EqualsUpstream(string fixture, string command, string? syncId)
    {
        var listings = Fixtures.Listings(fixture);
        var expected = syncId is null ? listings[command] : listings["bySync"]![syncId]![command];
        string[] choice = syncId is null ? [] : ["--sync-id", syncId];

        var result = await Cli.Run([command, "--file", Fixtures.PathOf(fixture), "--output-format", "json", .. choice]);

        Assert.True(JsonNode.DeepEquals(expected, result.Succeeded().Json), result.Output);
    }

    [Fact]
    public void Listings_Fixtures_CoverEveryCommand()
    {
        string[] commands = ["resource-types", "resources", "entitlements", "grants", "principals", "syncs"];

        Assert.All(commands, command => Assert.True(Fixtures.Listings(Fixtures.TwoSyncs).ContainsKey(command), command));
    }

    [Theory]
    [InlineData("resource-types")]
    [InlineData("resources")]
    [InlineData("entitlements")]
    [InlineData("grants")]
    [InlineData("principals")]
    [InlineData("stats")]
    [InlineData("syncs")]
    public async Task Table_OneFile_IsAsRecorded(string command)
    {
        var result = await Cli.Run(command, "-f", Fixtures.PathOf(Fixtures.Expansion));

        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf("tests", "Baton.Cli.Tests", "Commands", "Golden", $"{command}.txt"), TestContext.Current.CancellationToken), result.Succeeded().Output);
    }
}
