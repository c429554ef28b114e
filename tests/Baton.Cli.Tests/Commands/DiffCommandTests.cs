using System.Text.Json.Nodes;
using Baton.C1z.Syncs;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Cli.Tests.Commands;

public sealed class DiffCommandTests
{
    private static readonly string TwoSyncs = Fixtures.PathOf(Fixtures.TwoSyncs);

    /// <summary>The server's changes between the two syncs, as the fixture's description has them.</summary>
    [Fact]
    public async Task Json_TwoSyncsOfUpstream_AreTheChangesThatWereMade()
    {
        var result = await Cli.Run("diff", "-f", TwoSyncs, "-o", "json");

        var changes = result.Succeeded().Json["changes"]!.AsArray().Select(change =>
            $"{change!["kind"]} {change["principal"]!["name"]} {change["resource"]?["name"]} {change["before"]?["slug"] ?? change["before"]?["status"]}"
            + $">{change["after"]?["slug"] ?? change["after"]?["status"]} {change["flags"]?.ToJsonString()}").ToArray();
        Assert.Equal(
            [
                "grant.roleChanged bob Platform Team Viewer>Editor [\"PRIVILEGE_UP\"]",
                "grant.added dave Main Org. >Viewer [\"ACCOUNT_ADDED\"]",
                "grant.added dave Platform Team >Admin [\"PRIVILEGED\",\"ACCOUNT_ADDED\"]",
                "grant.removed carol Main Org. Viewer> ",
                "account.disabled alice  enabled>disabled [\"STILL_HAS_ACCESS\"]",
                "account.added dave  >enabled ",
            ],
            changes);
        Assert.Equal("3MVN1hcHANR2zv3RdqrpMENY6kQ", (string?)result.Json["from"]!["id"]);
        Assert.Equal(2, (int?)result.Json["summary"]!["grant.added"]);
        Assert.Equal(2, (int?)result.Json["changes"]![4]!["grantsLeft"]);
    }

    [Fact]
    public async Task Upstream_TwoSyncs_HasWholeObjectsInBuckets()
    {
        var result = await Cli.Run("diff", "-f", TwoSyncs, "--format", "upstream");

        var document = result.Succeeded().Json;
        Assert.Equal(["resources", "entitlements", "grants"], document.AsObject().Select(member => member.Key).ToArray());
        Assert.Equal("{}", document["entitlements"]!.ToJsonString());
        Assert.Equal("org:1:Viewer:user:5 org:2:Admin:user:5 org:2:Editor:user:3", Ids(document["grants"]!["created"]));
        Assert.Equal("org:1:Viewer:user:4 org:2:Viewer:user:3", Ids(document["grants"]!["deleted"]));

        // Each object is as the listing of the sync has it.
        var listed = Fixtures.Listings(Fixtures.TwoSyncs)["resources"]!["resources"]!.AsArray();
        var modified = Assert.Single(document["resources"]!["modified"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(listed.Single(row => (string?)row!["resource"]!["displayName"] == "alice")!["resource"], modified), modified!.ToJsonString());
        Assert.Equal("dave", (string?)Assert.Single(document["resources"]!["created"]!.AsArray())!["displayName"]);
    }

    [Fact]
    public async Task Diff_FileOfAnotherWriterOfTheSameServer_HasNoChanges()
    {
        var result = await Cli.Run("diff", Fixtures.PathOf(Fixtures.Grafana), Fixtures.PathOf(Fixtures.Legacy), "-o", "json", "--exit-code");

        Assert.Equal("[]", result.Succeeded().Json["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task Diff_TwoFiles_EqualsTheDifferenceWithinOne()
    {
        var files = await Cli.Run("diff", Fixtures.PathOf(Fixtures.Grafana), TwoSyncs, "-o", "json");
        var one = await Cli.Run("diff", "-f", TwoSyncs, "-o", "json");
        var mixed = await Cli.Run("diff", Fixtures.PathOf(Fixtures.Grafana), "-f", TwoSyncs, "-o", "json");

        Assert.True(JsonNode.DeepEquals(one.Succeeded().Json["changes"], files.Succeeded().Json["changes"]), files.Output);
        Assert.Equal(files.Output, mixed.Succeeded().Output);
    }

    [Fact]
    public async Task Diff_Backwards_SwapsComingAndGoing()
    {
        var result = await Cli.Run("diff", TwoSyncs, Fixtures.PathOf(Fixtures.Grafana), "-o", "json");

        Assert.Equal(["PRIVILEGE_DOWN"], result.Succeeded().Json["changes"]![0]!["flags"]!.AsArray().Select(flag => (string)flag!).ToArray());
        Assert.Equal(1, (int?)result.Json["summary"]!["account.enabled"]);
        Assert.Equal(1, (int?)result.Json["summary"]!["account.removed"]);
    }

    [Fact]
    public async Task Table_Changes_AreOneLineEach()
    {
        using var file = FeatureFile.Create();

        var result = await Cli.Run("diff", "-f", file.Path, "-q");

        Assert.StartsWith("Changes from 2026-11-23 09:00 (", result.Succeeded().Lines[0], StringComparison.Ordinal);
        Assert.Equal("Accounts      +1 added  -1 removed  1 disabled  0 enabled  0 renamed  0 otherwise changed", result.Lines[1]);
        Assert.Equal("Access        +1 granted  -1 removed  1 role changed  0 otherwise changed", result.Lines[2]);
        Assert.Equal(
            [
                "ROLE    bob <bob@example.com>            Main Org.  Viewer -> Admin      PRIVILEGE UP",
                "ADD     newcomer <newcomer@example.com>  Main Org.  Viewer               ACCOUNT ADDED",
                "DEL     leaver <leaver@example.com>      Main Org.  Viewer               ACCOUNT REMOVED",
                "STATUS  bob <bob@example.com>                       enabled -> disabled  still has 3 grants",
                "ADD     newcomer <newcomer@example.com>             account",
                "DEL     leaver <leaver@example.com>                 account",
            ],
            result.Lines[5..]);
    }

    [Theory]
    [InlineData("csv", "change,principal_id,principal,email,resource_id,resource,before,after,flags")]
    [InlineData("tsv", "change\tprincipal_id\tprincipal\temail\tresource_id\tresource\tbefore\tafter\tflags")]
    [InlineData("markdown", "| Change | Principal ID | Principal | Email | Resource ID | Resource | Before | After | Flags |")]
    public async Task Sheet_Changes_HaveAHeader(string format, string header)
    {
        var result = await Cli.Run("diff", "-f", TwoSyncs, "-o", format);

        Assert.Equal(header, result.Succeeded().Lines[0]);
        Assert.Contains("entitlement=org:2:Viewer", result.Output.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--only accounts", "account.disabled account.added")]
    [InlineData("--only grants", "grant.roleChanged grant.added grant.added grant.removed")]
    [InlineData("--only entitlements", "")]
    [InlineData("--only accounts --ignore status", "account.added")]
    public async Task Diff_Narrowed_LeavesOutTheRest(string flags, string expected)
    {
        var result = await Cli.Run(["diff", "-f", TwoSyncs, "-o", "json", .. flags.Split(' ')]);

        Assert.Equal(expected, string.Join(' ', result.Succeeded().Json["changes"]!.AsArray().Select(change => (string)change!["kind"]!)));
    }

    [Fact]
    public async Task ExitCode_Changes_IsFive()
    {
        Assert.Equal(5, (await Cli.Run("diff", "-f", TwoSyncs, "--exit-code")).ExitCode);
        Assert.Equal(5, (await Cli.Run("diff", "-f", TwoSyncs, "--exit-code", "--format", "upstream")).ExitCode);
        Assert.Equal(0, (await Cli.Run("diff", TwoSyncs, TwoSyncs, "--exit-code")).ExitCode);
    }

    [Fact]
    public async Task Diff_LastSeenAlone_IsNoChange()
    {
        using var file = new TemporaryFile();
        foreach (var day in new[] { 1, 2 })
        {
            file.AddSync(SyncType.Full, sync =>
            {
                var user = TemporaryFile.User("1");
                user.Annotations.Add(Any.Pack(new UserTrait { Login = "one", LastLogin = new Timestamp { Seconds = day } }));
                user.Profile = Struct.Parser.ParseJson($$"""{"last_seen_at": "{{day}}", "z": 1, "a": 2}""");
                sync.Put([user]);
            });
        }

        Assert.Equal("[]", (await Cli.Run("diff", "-f", file.Path, "-o", "json")).Succeeded().Json["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task Diff_FieldsOfAnAccount_AreNamed()
    {
        using var file = new TemporaryFile();
        foreach (var department in new[] { "a", "b" })
        {
            file.AddSync(SyncType.Full, sync =>
            {
                sync.Put([new ResourceType { Id = "user", Traits = { ResourceType.Types.Trait.User } }]);
                var user = TemporaryFile.User("1");
                user.Profile = Struct.Parser.ParseJson($$"""{"department": "{{department}}"}""");
                sync.Put([user, TemporaryFile.User("2", $"name {department}")]);
            });
        }

        var result = await Cli.Run("diff", "-f", file.Path, "-o", "json");
        var ignoring = await Cli.Run("diff", "-f", file.Path, "-o", "json", "--ignore", "department,name");

        Assert.Equal(
            ["account.renamed {\"name\":\"name a\"}", "account.changed {\"profile.department\":\"a\"}"],
            result.Succeeded().Json["changes"]!.AsArray().Select(change => $"{change!["kind"]} {change["before"]!.ToJsonString()}").ToArray());
        Assert.Equal("[]", ignoring.Succeeded().Json["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task Diff_GrantsNewId_IsTheSameAccess()
    {
        using var file = new TemporaryFile();
        var member = TemporaryFile.Entitlement(TemporaryFile.Resource("group", "1", "group"), "member");
        foreach (var id in new[] { "old", "new" })
        {
            file.AddSync(SyncType.Full, sync =>
            {
                var grant = TemporaryFile.Grant(member, TemporaryFile.User("1"));
                grant.Id = id;
                sync.Put([grant]);
            });
        }

        var result = await Cli.Run("diff", "-f", file.Path, "-o", "json");
        var ignoring = await Cli.Run("diff", "-f", file.Path, "-o", "json", "--ignore", "id");

        Assert.Equal("grant.changed", (string?)Assert.Single(result.Succeeded().Json["changes"]!.AsArray())!["kind"]);
        Assert.Equal("[]", ignoring.Succeeded().Json["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task Diff_Twice_SaysTheSame()
    {
        using var file = FeatureFile.Create();

        var outputs = new List<string>();
        foreach (var format in new[] { "json", "json", "csv", "csv" })
        {
            outputs.Add((await Cli.Run("diff", "-f", file.Path, "-q", "-o", format)).Succeeded().Output);
        }

        Assert.Equal((outputs[0], outputs[2]), (outputs[1], outputs[3]));
    }

    [Fact]
    public async Task Parity_SameServerTwice_NamesTheFieldsThatDiffer()
    {
        var result = await Cli.Run(
            "diff", "--mode", "parity", "--left", Fixtures.PathOf(Fixtures.Grafana), "--right", Fixtures.PathOf(Fixtures.Legacy), "-o", "json", "--scope", "resource", "-t", "user");

        var document = result.Succeeded().Json;
        Assert.Equal(["summary", "groupedByFamily", "groupedByResourceType", "likelyCauses", "resources"], document.AsObject().Select(member => member.Key).ToArray());
        Assert.Equal(4, document["resources"]!["fieldMismatches"]!.AsArray().Count);
        Assert.Equal(
            "profile.login|admin|<missing>",
            document["resources"]!["fieldMismatches"]![0]!["fields"]!.AsArray().Select(field => $"{field!["path"]}|{field["left"]}|{field["right"]}").Single(text => text.StartsWith("profile.login", StringComparison.Ordinal)));
        Assert.Equal("[]", document["resources"]!["onlyInLeft"]!.ToJsonString());
    }

    [Fact]
    public async Task Parity_DifferentFiles_GuessesWhy()
    {
        using var file = FeatureFile.CreateSimple();

        var json = await Cli.Run("diff", "--mode", "parity", "--left", TwoSyncs, "--right", file.Path, "-o", "json", "--exit-code");
        var text = await Cli.Run("diff", "--mode", "parity", "--left", TwoSyncs, "--right", file.Path);

        Assert.Equal(5, json.ExitCode);
        Assert.Equal(
            ["inventory_gap", "principal_type_mismatch", "dangling_entitlement_refs"],
            json.Json["likelyCauses"]!.AsArray().Select(cause => (string)cause!["cause"]!).ToArray());
        Assert.Equal("""{"missing_entitlement":1,"missing_grant_resource":1,"missing_principal":1}""", json.Json["summary"]!["danglingInRight"]!.ToJsonString());
        Assert.Contains("right: 1 grants with missing entitlement", text.Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mode x", "invalid --mode \"x\": must be one of legacy, parity")]
    [InlineData("--left x", "--left/--right require --mode parity; for changes, name the files: baton diff OLD.c1z NEW.c1z")]
    [InlineData("--mode parity --left x", "both --left and --right are required with --mode parity")]
    [InlineData("--mode parity --left x --right x --scope y", "invalid --scope \"y\": must be one of resource, entitlement, grant, all")]
    [InlineData("--only x", "--only does not know \"x\"; it takes accounts, grants, resources, entitlements")]
    [InlineData("--format x", "--format does not know \"x\"; it takes changes or upstream")]
    public async Task Diff_WrongFlags_SaysSo(string flags, string expected)
        => Assert.Equal($"Error: {expected}", (await Cli.Run(["diff", "-f", TwoSyncs, .. flags.Split(' ')])).Failed());

    [Fact]
    public async Task Diff_OneSync_SaysWhatToDo()
    {
        var path = Fixtures.PathOf(Fixtures.Grafana);

        Assert.Equal(
            $"Error: {path} holds no finished full sync before 3MVN1hcHANR2zv3RdqrpMENY6kQ to compare it with; keep an earlier file and name both: baton diff OLD.c1z NEW.c1z",
            (await Cli.Run("diff", "-f", path)).Failed(BatonExitCode.NoSync));
    }

    private static string Ids(JsonNode? list) => string.Join(' ', list!.AsArray().Select(item => (string)item!["id"]!));
}
