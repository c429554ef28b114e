using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class FilterTests
{
    private static readonly string File = Fixtures.PathOf(Fixtures.Expansion);

    [Theory]
    [InlineData("resources", "-t group", "group:a group:b group:c")]
    [InlineData("entitlements", "-t group", "group:c:member group:b:member group:a:member")]
    [InlineData("entitlements", "-t group -r b", "group:b:member")]
    [InlineData("entitlements", "--resource project:7", "project:7:viewer")]
    [InlineData("principals", "-t group -r a", "user:1 user:2")]
    [InlineData("principals", "-t org", "group:c user:4 user:3 user:1 user:2")]
    [InlineData("principals", "-e group:a:member", "user:1 user:2")]
    [InlineData("principals", "--principal-type group", "group:b group:a group:c")]
    [InlineData("grants", "-t org --principal-type group", "org:1:admin:group:c")]
    [InlineData("grants", "-e group:c:member --principal user:3", "group:c:member:user:3")]
    [InlineData("grants", "--principal-type user --principal 4", "org:1:admin:user:4")]
    [InlineData("grants", "-r group:a --principal user:2", "group:a:member:user:2")]
    [InlineData("grants", "-t group -r group:a --principal u2@example.com", "group:a:member:user:2")]
    [InlineData("grants", "-t group --principal u2 --limit 2", "group:a:member:user:2 group:b:member:user:2")]
    [InlineData("grants", "-t group --principal u2 --limit 1 --offset 2", "group:c:member:user:2")]
    [InlineData("grants", "--role ADMIN --principal-type group", "org:1:admin:group:c")]
    [InlineData("grants", "--search u4@EXAMPLE", "org:1:admin:user:4")]
    [InlineData("entitlements", "--role viewer", "project:7:viewer")]
    [InlineData("principals", "--role admin --search user:3", "user:3")]
    [InlineData("resources", "--search PROJECT", "project:7")]
    [InlineData("find", "u5@", "user:5")]
    [InlineData("find", "-t group B", "group:b")]
    public async Task Filter_Narrows_ToWhatItNames(string command, string flags, string expected)
    {
        var result = await Cli.Run([command, "-f", File, "-o", "json", .. flags.Split(' ')]);

        Assert.Equal(expected, string.Join(' ', Ids(command, result.Succeeded())));
    }

    [Theory]
    [InlineData("grants -t usr", "this sync has no resource type \"usr\"; it has user, group, org, project")]
    [InlineData("resources -t usr", "this sync has no resource type \"usr\"; it has user, group, org, project")]
    [InlineData("grants -r org:9", "this sync has no resource org:9; \"baton resources -t org\" lists those it has")]
    [InlineData("grants --principal user:9", "this sync has no resource user:9; \"baton resources -t user\" lists those it has")]
    [InlineData("grants -e nothing", "this sync has no entitlement \"nothing\"; \"baton entitlements\" lists those it has")]
    [InlineData("grants -r 1", "--resource \"1\" is of no type: give --resource-type as well, or write type:id")]
    [InlineData("grants --principal nobody", "nobody in this sync has the login, e-mail address or name \"nobody\"; \"baton find\" searches in parts of them")]
    [InlineData("grants --role Amdin", "this sync has no role \"Amdin\"; it has admin, member, viewer")]
    [InlineData("grants --limit -1", "--limit must not be negative")]
    [InlineData("grants --fields principal,nothing", "--fields does not know \"nothing\"; there are resource_type, resource, resource_id, entitlement, entitlement_id, principal, principal_id, login, email, status, last_seen, how, immutable, id")]
    [InlineData("grants --color blue", "--color does not know \"blue\"; it takes auto, always or never")]
    [InlineData("grants --entitlement=", "--entitlement is empty")]
    public async Task Filter_NamesWhatIsNotThere_SaysSo(string call, string expected)
    {
        foreach (var format in new[] { "console", "json" })
        {
            var result = await Cli.Run([.. call.Split(' '), "-f", File, "-o", format]);

            Assert.Equal($"Error: {expected}", result.Failed());
        }
    }

    [Fact]
    public async Task Filter_NothingMatches_IsAnEmptyList()
    {
        var table = await Cli.Run("grants", "-f", File, "-t", "user");
        var json = await Cli.Run("grants", "-f", File, "-t", "user", "-o", "json");

        Assert.Single(table.Succeeded().Lines);
        Assert.Equal("{}\n", json.Succeeded().Output);
    }

    [Fact]
    public async Task Filter_GrantsOfAPrincipalThatIsNotListed_AreFound()
    {
        var group = TemporaryFile.Resource("group", "1", "group");
        var member = TemporaryFile.Entitlement(group, "member");
        using var file = TemporaryFile.Of(sync =>
        {
            sync.Put([group]);
            sync.Put([member]);
            sync.Put([TemporaryFile.Grant(member, TemporaryFile.User("gone"))]);
        });

        var result = await Cli.Run("grants", "-f", file.Path, "--principal", "user:gone", "-o", "json");

        Assert.Equal("MISSING RESOURCE (user:gone)", (string?)result.Succeeded().Json["grants"]![0]!["principal"]!["displayName"]);
    }

    private static IEnumerable<string> Ids(string command, CliResult result) => command switch
    {
        "grants" => result.Json["grants"]!.AsArray().Select(row => (string)row!["grant"]!["id"]!),
        "entitlements" => result.Json["entitlements"]!.AsArray().Select(row => (string)row!["entitlement"]!["id"]!),
        _ => result.Json["resources"]!.AsArray().Select(row => row!["resource"]!["id"]!).Select(id => $"{id["resourceType"]}:{id["resource"]}"),
    };
}
