using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Cli.Tests.Commands;

public sealed class PrincipalsCompareCommandTests
{
    private const string First = "3MVN1hcHANR2zv3RdqrpMENY6kQ";

    private static readonly string File = Fixtures.PathOf(Fixtures.TwoSyncs);

    [Fact]
    public async Task Json_TwoEntitlementsOfAFile_HasUpstreamsFourLists()
    {
        var result = await Cli.Run("principals", "compare", "-f", File, "-e", "org:1:Viewer", "--compare-entitlement", "org:2:Admin", "-o", "json");

        Assert.Equal("user:2 user:3", Ids(result.Succeeded(), "missing"));
        Assert.Equal("user:1", Ids(result, "extra"));
        Assert.Equal("user:2 user:3 user:5", Ids(result, "base"));
        Assert.Equal("user:1 user:5", Ids(result, "compared"));
    }

    [Fact]
    public async Task Table_Differences_SayWhichSide()
    {
        var result = await Cli.Run("principals", "compare", "-f", File, "-e", "org:1:Viewer", "--compare-entitlement", "org:2:Admin");

        Assert.Equal(["Difference", "only in base", "only in base", "only in compared"], result.Succeeded().Lines.Select(line => line[..16].TrimEnd()).ToArray());
    }

    [Fact]
    public async Task Table_Same_SaysSo()
    {
        var result = await Cli.Run("principals", "compare", "-f", File, "-e", "org:1:Viewer", "--compare-entitlement", "org:1:Viewer");

        Assert.Equal("The principals of the two entitlements are the same.\n", result.Succeeded().Output);
    }

    [Fact]
    public async Task Compare_EarlierSyncOfTheFile_IsGivenById()
    {
        var result = await Cli.Run(
            "principals", "compare", "-f", Fixtures.PathOf(Fixtures.Grafana), "--sync-id", First, "-e", "org:1:Viewer",
            "--compare-file", File, "--compare-entitlement", "org:1:Viewer", "-o", "json");

        Assert.Equal(("user:4", "user:5"), (Ids(result.Succeeded(), "missing"), Ids(result, "extra")));
    }

    [Fact]
    public async Task Compare_OtherSystem_TellsPeopleByAddressAndNotById()
    {
        using var one = WithMembers(("1", "Ada@Example.com"), ("2", "bob@example.com"));
        using var other = WithMembers(("7", "ada@example.com"), ("2", "carol@example.com"));

        var result = await Cli.Run(
            "principals", "compare", "-f", one.Path, "-e", "group:1:member", "--compare-file", other.Path, "--compare-entitlement", "group:1:member", "-o", "json");

        Assert.Equal(("user:2", "user:2"), (Ids(result.Succeeded(), "missing"), Ids(result, "extra")));
    }

    [Theory]
    [InlineData("-e org:1:Viewer", "--compare-entitlement is required")]
    [InlineData("--compare-entitlement org:1:Viewer", "--entitlement is required")]
    public async Task Compare_EntitlementMissing_SaysWhich(string flags, string expected)
        => Assert.Equal($"Error: {expected}", (await Cli.Run(["principals", "compare", "-f", File, .. flags.Split(' ')])).Failed());

    [Fact]
    public async Task Compare_EntitlementUnknown_DoesNotMatch()
        => Assert.Contains(
            "has no entitlement \"nothing\"",
            (await Cli.Run("principals", "compare", "-f", File, "-e", "nothing", "--compare-entitlement", "nothing")).Failed(),
            StringComparison.Ordinal);

    private static TemporaryFile WithMembers(params (string Id, string Email)[] members) => TemporaryFile.Of(sync =>
    {
        var group = TemporaryFile.Resource("group", "1", "group");
        var member = TemporaryFile.Entitlement(group, "member");
        sync.Put([group]);
        sync.Put(members.Select(one =>
        {
            var user = TemporaryFile.User(one.Id);
            user.Annotations.Add(Any.Pack(new UserTrait { Emails = { new UserTrait.Types.Email { Address = one.Email, IsPrimary = true } } }));
            return user;
        }).ToList());
        sync.Put([member]);
        sync.Put(members.Select(one => TemporaryFile.Grant(member, TemporaryFile.User(one.Id))).ToList());
    });

    private static string Ids(CliResult result, string list)
        => string.Join(' ', (result.Json[list]?.AsArray() ?? []).Select(row => row!["resource"]!["id"]!).Select(id => $"{id["resourceType"]}:{id["resource"]}"));
}
