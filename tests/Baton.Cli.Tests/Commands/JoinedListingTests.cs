using System.Text.Json.Nodes;
using Baton.C1z.Syncs;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Commands;

public sealed class JoinedListingTests
{
    [Fact]
    public async Task Grants_ReferencesLeadNowhere_HavePlaceholders()
    {
        var entitlement = TemporaryFile.Entitlement(TemporaryFile.Resource("org", "404", "unknown"), "admin");
        using var file = TemporaryFile.Of(sync => sync.Put([TemporaryFile.Grant(entitlement, TemporaryFile.User("9"))]));

        var result = (await Cli.Run("grants", "-f", file.Path, "-o", "json")).Succeeded();

        var expected = JsonNode.Parse(
            """
            {"grant": {"id": "org:404:admin:user:9",
                       "entitlement": {"id": "org:404:admin", "resource": {"id": {"resourceType": "org", "resource": "404"}, "displayName": "unknown"}},
                       "principal": {"id": {"resourceType": "user", "resource": "9"}}},
             "entitlement": {"id": "org:404:admin", "displayName": "MISSING ENTITLEMENT (org:404:admin)"},
             "resource": {"id": {"resourceType": "org", "resource": "404"}, "displayName": "MISSING RESOURCE (org:404)"},
             "resourceType": {"id": "org", "displayName": "MISSING RESOURCE TYPE (org)"},
             "principal": {"id": {"resourceType": "user", "resource": "9"}, "displayName": "MISSING RESOURCE (user:9)"}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, result.Json["grants"]![0]), result.Output);
    }

    [Fact]
    public async Task Grants_OfTwoSyncs_JoinWithinTheirOwn()
    {
        var member = TemporaryFile.Entitlement(TemporaryFile.Resource("group", "1", "group"), "member");
        using var file = new TemporaryFile();
        foreach (var name in new[] { "before", "after" })
        {
            file.AddSync(SyncType.Full, sync =>
            {
                sync.Put([TemporaryFile.User("1", name)]);
                sync.Put([member]);
                sync.Put([TemporaryFile.Grant(member, TemporaryFile.User("1"))]);
            });
        }

        var result = (await Cli.Run("grants", "-f", file.Path, "-o", "json")).Succeeded();

        Assert.Equal("after", (string?)Assert.Single(result.Json["grants"]!.AsArray())!["principal"]!["displayName"]);
    }

    [Fact]
    public async Task Principals_MoreThanAPage_EachOnceInTheOrderOfTheirFirstGrant()
    {
        var groups = new[] { "1", "2" }.Select(id => TemporaryFile.Resource("group", id, $"group {id}")).ToList();
        var members = groups.ConvertAll(group => TemporaryFile.Entitlement(group, "member"));
        var order = Enumerable.Range(0, 2500).Select(i => $"{i * 7 % 2500}").ToArray();
        using var file = TemporaryFile.Of(sync =>
        {
            sync.Put(groups);
            sync.Put(members);
            sync.Put(Array.ConvertAll(order, id => TemporaryFile.Grant(members[0], TemporaryFile.User(id))));
            sync.Put(Array.ConvertAll([.. order.Reverse()], id => TemporaryFile.Grant(members[1], TemporaryFile.User(id))));
        });

        var result = (await Cli.Run("principals", "-f", file.Path, "-o", "json")).Succeeded();

        var listed = result.Json["resources"]!.AsArray().Select(row => (string)row!["resource"]!["id"]!["resource"]!);
        Assert.Equal(string.Join(' ', order), string.Join(' ', listed));
    }

    [Fact]
    public async Task Rows_LackWhatIsRequired_AreListedAllTheSame()
    {
        using var file = TemporaryFile.Of(sync =>
        {
            sync.Put([TemporaryFile.User("1")]);
            sync.Put([TemporaryFile.Entitlement(TemporaryFile.User("1"), "owner")]);
            sync.Put([TemporaryFile.Grant(TemporaryFile.Entitlement(TemporaryFile.User("1"), "owner"), TemporaryFile.User("1"))]);
        });
        Damage.Replace(file.Path, ("v1_resources", new Resource()), ("v1_entitlements", new Entitlement()), ("v1_grants", new Grant()));

        foreach (var command in new[] { "resources", "entitlements", "grants", "principals" })
        {
            foreach (var format in new[] { "console", "json" })
            {
                (await Cli.Run(command, "-f", file.Path, "-o", format)).Succeeded();
            }
        }
    }

    [Fact]
    public async Task Rows_AreNoMessages_AreAnErrorThatSaysWhich()
    {
        using var file = TemporaryFile.Of(sync => sync.Put([TemporaryFile.User("1")]));
        Damage.Replace(file.Path, "v1_resources", [0xFF, 0xFF]);

        Assert.Contains("is damaged: row 1", (await Cli.Run("resources", "-f", file.Path)).Failed(BatonExitCode.BadFile), StringComparison.Ordinal);
    }
}
