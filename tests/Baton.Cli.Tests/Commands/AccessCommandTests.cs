using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class AccessCommandTests : IDisposable
{
    private readonly TemporaryFile _file = FeatureFile.CreateSimple();

    [Theory]
    [InlineData("-t user -r 2")]
    [InlineData("-t user -r user:2")]
    [InlineData("-r user:2")]
    [InlineData("user:2")]
    [InlineData("bob")]
    [InlineData("BOB@example.com")]
    [InlineData("--principal bob")]
    public async Task Table_PrincipalNamedInAnyWay_ShowsWhatItHasAndHow(string name)
    {
        var result = await Cli.Run(["access", "-f", _file.Path, .. name.Split(' ')]);

        Assert.Equal(
            [
                "Access of bob <bob@example.com> (user:2)  disabled, human, last seen 2026-11-20",
                "Resource                                   Type  Role    How      Grant",
                "=HYPERLINK(\"http://evil.example\",\"click\")  org   Editor  via SRE  org:2:Editor:user:2",
                "Main Org.                                  org   Admin   direct   org:1:Admin:user:2",
                "SRE                                        team  member  direct   team:t1:member:user:2",
                "3 grants on 3 resources",
            ],
            result.Succeeded().Lines);
    }

    [Fact]
    public async Task Json_SeveralResources_HasUpstreamsShape()
    {
        var result = await Cli.Run("access", "-f", Fixtures.PathOf(Fixtures.Expansion), "-t", "user", "-r", "1", "-o", "json");

        // Upstream's document, made of what its own listings of the file have.
        var listings = Fixtures.Listings(Fixtures.Expansion);
        var grants = listings["grants"]!["grants"]!.AsArray().Where(row => (string?)row!["principal"]!["id"]!["resource"] == "1" && (string?)row["principal"]!["id"]!["resourceType"] == "user").ToList();
        var expected = new JsonObject
        {
            ["principal"] = grants[0]!["principal"]!.DeepClone(),
            ["access"] = new JsonArray([.. grants
                .OrderBy(row => (string?)row!["resourceType"]!["id"], StringComparer.Ordinal).ThenBy(row => (string?)row!["resource"]!["displayName"], StringComparer.Ordinal)
                .Select(row => new JsonObject
                {
                    ["resourceType"] = row!["resourceType"]!.DeepClone(),
                    ["resource"] = row["resource"]!.DeepClone(),
                    ["entitlements"] = new JsonArray(row["entitlement"]!.DeepClone()),
                })]),
        };
        Assert.True(JsonNode.DeepEquals(expected, result.Succeeded().Json), result.Output);
    }

    [Fact]
    public async Task Access_EntitlementThatIsNotThere_ShowsAPlaceholder()
    {
        var table = await Cli.Run("access", "-f", _file.Path, "user:1");
        var json = await Cli.Run("access", "-f", _file.Path, "user:1", "-o", "json");

        Assert.Contains("MISSING ENTITLEMENT (org:404:Admin)", table.Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(2, json.Succeeded().Json["access"]!.AsArray().Count);
    }

    [Fact]
    public async Task Access_PrincipalThatIsNotListed_IsFoundByItsGrants()
    {
        var result = await Cli.Run("access", "-f", _file.Path, "user:ghost");

        Assert.StartsWith("Access of MISSING RESOURCE (user:ghost) (user:ghost)\n", result.Succeeded().Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1 grant on 1 resource\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_WithoutGrants_IsEmpty()
        => Assert.EndsWith("\n0 grants on 0 resources\n", (await Cli.Run("access", "-f", _file.Path, "bare")).Succeeded().Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "whose access? Name one principal: baton access ada@example.com, or baton access -t user -r 7")]
    [InlineData("bob --principal bob", "name one principal, in one way")]
    [InlineData("-t user", "--resource-type alone names nobody: give --resource as well")]
    [InlineData("user:99", "this sync has no resource user:99; \"baton resources -t user\" lists those it has")]
    [InlineData("cat:1", "this sync has no resource cat:1; \"baton resources -t cat\" lists those it has")]
    public async Task Access_NamesNobody_SaysSo(string call, string expected)
        => Assert.Equal($"Error: {expected}", (await Cli.Run(["access", "-f", _file.Path, .. call.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).Failed());

    [Fact]
    public async Task Access_NameOfSeveral_ListsThem()
    {
        using var file = TemporaryFile.Of(sync => sync.Put([TemporaryFile.User("1", "twin"), TemporaryFile.User("2", "Twin")]));

        var error = (await Cli.Run("access", "-f", file.Path, "twin")).Failed();

        Assert.Equal("Error: \"twin\" is more than one: user:1, user:2; name one of them as type:id", error);
    }

    public void Dispose() => _file.Dispose();
}
