using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Commands;

/// <summary>Lists in another order and with other fields than those in which they are stored.</summary>
public sealed class SortTests : IDisposable
{
    private readonly TemporaryFile _file = TemporaryFile.Of(Write);

    [Fact]
    public async Task Sort_Numbers_CountByTheirValue()
        => Assert.Equal(["1", "02", "2", "10", "a2", "a10", "b"], await Values("resources", "id", "--sort", "id"));

    [Theory]
    [InlineData("-id")]
    [InlineData("id:desc")]
    [InlineData("ID:DESC")]
    public async Task Sort_Descending_IsTheOtherWayRound(string field)
        => Assert.Equal(["b", "a10", "a2", "10", "02", "2", "1"], await Values("resources", "id", "--sort", field));

    [Fact]
    public async Task Sort_TwoFields_TheSecondDecidesWhereTheFirstDoesNot()
        => Assert.Equal(["b", "10", "02", "2", "a10", "a2", "1"], await Values("resources", "id", "--sort", "-display_name,type,-id"));

    [Fact]
    public async Task Sort_SameValue_KeepsTheOrderOfTheFile()
    {
        string[] stored = ["10", "1", "a10", "02", "a2", "2"];

        Assert.Equal(stored, await Values("resources", "id", "-t", "user"));
        Assert.Equal(stored, await Values("resources", "id", "-t", "user", "--sort", "-type"));
    }

    [Fact]
    public async Task Sort_WithLimitAndOffset_IsAPartOfTheSortedRows()
        => Assert.Equal(["2", "10"], await Values("resources", "id", "--sort", "id", "--offset", "2", "--limit", "2"));

    [Fact]
    public async Task Sort_OfAColumnThatIsNotShown_Sorts()
        => Assert.Equal(["zoe", "middle", "Anna"], (await Values("resources", "display_name", "--sort", "-display_name")).Distinct());

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Sort_Json_KeepsUpstreamsShape(string format)
    {
        var plain = await Elements("grants", format);
        var sorted = await Elements("grants", format, "--sort", "-principal_id");

        Assert.Equal(["user:10", "user:2", "user:1"], sorted.Select(Principal));
        Assert.Equal(["user:10", "user:1", "user:2"], plain.Select(Principal));
        Assert.All(sorted, element => Assert.Contains(plain, other => JsonNode.DeepEquals(element, other)));

        static string Principal(JsonNode grant)
            => $"{grant["grant"]!["principal"]!["id"]!["resourceType"]}:{grant["grant"]!["principal"]!["id"]!["resource"]}";
    }

    [Theory]
    [InlineData("resource-types")]
    [InlineData("resources")]
    [InlineData("entitlements")]
    [InlineData("grants")]
    [InlineData("principals")]
    [InlineData("find 1")]
    [InlineData("syncs")]
    [InlineData("access user:1")]
    public async Task Sort_UnknownField_NamesTheKnownOnes(string command)
    {
        var message = (await Cli.Run([.. command.Split(' '), "-f", _file.Path, "--sort", "-colour"])).Failed();

        Assert.StartsWith("Error: --sort does not know \"colour\"; there are ", message, StringComparison.Ordinal);
        var known = message[message.IndexOf("there are ", StringComparison.Ordinal)..]["there are ".Length..].Split(", ");
        (await Cli.Run([.. command.Split(' '), "-f", _file.Path, "--sort", string.Join(',', known.Select(name => $"-{name}"))])).Succeeded();
    }

    [Fact]
    public async Task Fields_Unknown_NamesTheKnownOnesAndTheFlag()
        => Assert.Equal(
            "Error: --fields does not know \"colour\"; there are id, display_name, traits",
            (await Cli.Run("resource-types", "-f", _file.Path, "-o", "json", "--fields", "id,colour")).Failed());

    [Theory]
    [InlineData("--sort")]
    [InlineData("--fields")]
    [InlineData("--columns")]
    public async Task Lists_Empty_AreRefused(string flag)
        => Assert.Equal($"Error: {flag} is empty", (await Cli.Run("grants", "-f", _file.Path, flag, "")).Failed());

    [Fact]
    public async Task Fields_BesideColumns_AreRefused()
        => Assert.Contains("give one of them", (await Cli.Run("grants", "-f", _file.Path, "--fields", "id", "--columns", "id")).Failed(), StringComparison.Ordinal);

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Fields_Json_AreFlatObjectsInTheirOrder(string format)
    {
        var elements = await Elements("grants", format, "--fields", "principal id,Entitlement", "--sort", "principal_id");

        Assert.Equal(
            [
                """{"principal_id":"user:1","entitlement":"Viewer"}""",
                """{"principal_id":"user:2","entitlement":"Viewer"}""",
                """{"principal_id":"user:10","entitlement":"Viewer"}""",
            ],
            elements.Select(element => element.ToJsonString()));
    }

    [Fact]
    public async Task Fields_TableAndCsv_AreTheColumns()
    {
        var table = await Cli.Run("resource-types", "-f", _file.Path, "--fields", "traits,id", "--sort", "-id");
        var csv = await Cli.Run("resource-types", "-f", _file.Path, "-o", "csv", "--fields", "traits,id", "--sort", "-id");

        Assert.Equal(["Traits  ID", "user    user", "        org"], table.Succeeded().Lines);
        Assert.Equal("traits,id\nuser,user\n,org\n", csv.Succeeded().Output);
    }

    [Fact]
    public async Task Access_SortAndFields_ArrangeTheGrants()
    {
        using var file = FeatureFile.CreateSimple();

        var csv = await Cli.Run("access", "user:2", "-f", file.Path, "-o", "csv", "--fields", "role,type", "--sort", "-type,role");
        var flat = await Cli.Run("access", "user:2", "-f", file.Path, "-o", "json", "--fields", "role", "--sort", "role");
        var table = await Cli.Run("access", "user:2", "-f", file.Path, "--columns", "role", "--sort", "-role", "--no-header");

        Assert.Equal("role,type\nmember,team\nAdmin,org\nEditor,org\n", csv.Succeeded().Output);
        Assert.Equal("""{"access":[{"role":"Admin"},{"role":"Editor"},{"role":"member"}]}""", flat.Succeeded().Json.ToJsonString());
        Assert.Equal(["member", "Editor", "Admin"], table.Succeeded().Lines[1..^1]);
    }

    [Fact]
    public async Task Syncs_Sorted_TheLatestFirst()
    {
        using var file = FeatureFile.Create();

        var oldest = await Cli.Run("syncs", "-f", file.Path, "--fields", "started", "--no-header");
        var latest = await Cli.Run("syncs", "-f", file.Path, "--fields", "started", "--no-header", "--sort", "-started");

        Assert.Equal(3, oldest.Succeeded().Lines.Length);
        Assert.Equal(oldest.Lines.Reverse(), latest.Succeeded().Lines);
    }

    public void Dispose() => _file.Dispose();

    private static void Write(Baton.C1z.Writing.SyncWriter sync)
    {
        var main = TemporaryFile.Resource("org", "b", "zoe");
        var viewer = TemporaryFile.Entitlement(main, "Viewer");
        sync.Put([new ResourceType { Id = "org" }, new ResourceType { Id = "user", Traits = { ResourceType.Types.Trait.User } }]);
        sync.Put([
            TemporaryFile.User("10", "zoe"), TemporaryFile.User("1", "Anna"), TemporaryFile.User("a10", "middle"), TemporaryFile.User("02", "zoe"),
            TemporaryFile.User("a2", "middle"), TemporaryFile.User("2", "zoe"), main,
        ]);
        sync.Put([viewer]);
        sync.Put(new[] { "10", "1", "2" }.Select(id => TemporaryFile.Grant(viewer, TemporaryFile.User(id))).ToList());
    }

    private async Task<IEnumerable<string>> Values(string command, string column, params string[] flags)
        => (await Cli.Run([command, "-f", _file.Path, "--columns", column, "--no-header", .. flags])).Succeeded().Lines;

    private async Task<List<JsonNode>> Elements(string command, string format, params string[] flags)
    {
        var result = (await Cli.Run([command, "-f", _file.Path, "-o", format, .. flags])).Succeeded();
        return format == "json" ? [.. result.Json[command]!.AsArray().Select(element => element!)] : [.. result.Lines.Select(line => JsonNode.Parse(line)!)];
    }
}
