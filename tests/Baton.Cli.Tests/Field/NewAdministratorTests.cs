using System.Text.Json.Nodes;
using Baton.C1z.Syncs;
using Baton.Cli.Tests.Explorer;
using Baton.Cli.Tests.Review;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Cli.Tests.Field;

/// <summary>Who becomes a server administrator is marked wherever access is shown, and what they had before is not.</summary>
public sealed class NewAdministratorTests : IDisposable
{
    private readonly ReviewRun _run = new();

    /// <summary>As Grafana's connectors tell it: ours by a grant and in the profile, upstream's in the profile alone.</summary>
    public static TheoryData<bool> Connectors => [true, false];

    /// <param name="slug">Of the grant that tells of it, ours or another connector's; null for upstream's, which tells in the profile alone.</param>
    [Theory]
    [InlineData("server-admin")]
    [InlineData("server admin")]
    [InlineData("Grafana Admin")]
    [InlineData(null)]
    public async Task Everywhere_TheNewAdministratorIsMarked_AndWhatHeHadBeforeNowhere(string? slug)
    {
        using var file = File(tellsByGrant: slug is not null, slug ?? "");
        var before = await FirstSync(file);
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var diff = (await Cli.Run("diff", "-f", file.Path, "-o", "json")).Succeeded().Json["changes"]!.AsArray();
        var access = (await Cli.Run("access", "user:1", "-f", file.Path, "-o", "csv", "--columns", "role,privileged")).Succeeded().Lines;
        var shown = (await explorer.Get("access?type=user&id=1"))["items"]!.AsArray();
        var changed = (await explorer.Get("changes?q=bob"))["items"]!.AsArray();
        var review = JsonNode.Parse(await _run.Text(file.Path, "json", "--since-sync", before))!;

        // Marked, each in its words.
        Assert.Contains(diff, change => (string?)change!["kind"] == "account.changed" && Texts(change["flags"]).Contains("PRIVILEGE_UP", StringComparer.Ordinal));
        Assert.Contains(changed, change => (bool)change!["privilegeUp"]!);
        Assert.Contains(review["findings"]!.AsArray(), finding => (string?)finding!["code"] == "NEW_PRIVILEGED" && (string?)finding["subjectId"] == "user:1");
        if (slug is not null)
        {
            Assert.Contains(diff, change => (string?)change!["kind"] == "grant.added" && Texts(change["flags"]).Contains("PRIVILEGED", StringComparer.Ordinal));
            Assert.Contains($"{slug},yes", access);
            Assert.Contains(shown, row => (string?)row!["role"]!["name"] == slug && (bool)row["role"]!["privileged"]!);
            Assert.Contains(review["rows"]!.AsArray(), row => IsBobs(row!, slug, privileged: "yes", "new"));
        }

        // The Viewer of before, nowhere.
        Assert.DoesNotContain(diff, change => change!.ToJsonString().Contains("Viewer", StringComparison.Ordinal));
        Assert.Contains("Viewer,no", access);
        Assert.Contains(shown, row => (string?)row!["role"]!["name"] == "Viewer" && !(bool)row["role"]!["privileged"]!);
        Assert.DoesNotContain(changed, change => (string?)change!["before"] == "Viewer" || (string?)change["after"] == "Viewer");
        Assert.Contains(review["rows"]!.AsArray(), row => IsBobs(row!, "Viewer", privileged: "no", "unchanged"));

        static bool IsBobs(JsonNode row, string role, string privileged, string since)
            => (string?)row["accountId"] == "user:1" && (string?)row["role"] == role && (string?)row["privileged"] == privileged && (string?)row["sinceLastReview"] == since;
    }

    [Fact]
    public async Task Diff_TheGrant_IsPrivileged()
    {
        using var file = File(tellsByGrant: true);

        var changes = (await Cli.Run("diff", "-f", file.Path, "-o", "json")).Succeeded().Json["changes"]!.AsArray();

        var granted = Assert.Single(changes, change => (string?)change!["kind"] == "grant.added")!;
        Assert.Equal("server-admin", (string?)granted["after"]!["slug"]);
        Assert.Equal(["PRIVILEGED"], Texts(granted["flags"]));
        Assert.DoesNotContain(changes, change => change!.ToJsonString().Contains("Viewer", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Connectors))]
    public async Task Diff_TheAccount_IsMarkedToo(bool tellsByGrant)
    {
        using var file = File(tellsByGrant);

        var changes = (await Cli.Run("diff", "-f", file.Path, "-o", "json")).Succeeded().Json["changes"]!.AsArray();

        var raised = Assert.Single(changes, change => (string?)change!["kind"] == "account.changed")!;
        Assert.Equal(["PRIVILEGE_UP"], Texts(raised["flags"]));
        Assert.Equal("true", (string?)raised["after"]!["profile.is_grafana_admin"]);
        Assert.Contains("ADD     carol", (await Cli.Run("diff", "-f", file.Path)).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains(changes, change => (string?)change!["kind"] == "account.added" && Texts(change["flags"]).Contains("PRIVILEGED", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Access_MarksThatGrantAlone()
    {
        using var file = File(tellsByGrant: true);

        var csv = (await Cli.Run("access", "user:1", "-f", file.Path, "-o", "csv", "--columns", "role,privileged")).Succeeded();

        Assert.Equal(["role,privileged", "Viewer,no", "server-admin,yes"], csv.Lines);
    }

    [Fact]
    public async Task Explorer_MarksThatGrantAlone()
    {
        using var file = File(tellsByGrant: true);
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var access = (await explorer.Get("access?type=user&id=1"))["items"]!.AsArray();
        var changes = (await explorer.Get("changes?q=bob"))["items"]!.AsArray();

        Assert.Equal([("Viewer", false), ("server-admin", true)], access.Select(row => ((string)row!["role"]!["name"]!, (bool)row["role"]!["privileged"]!)));
        Assert.Equal([("granted", true)], changes.Select(row => ((string)row!["kind"]!, (bool)row["privilegeUp"]!)));
    }

    [Fact]
    public async Task Review_MarksThatRowAlone()
    {
        using var file = File(tellsByGrant: true);
        var before = await FirstSync(file);

        var rows = (await _run.Rows(file.Path, "--since-sync", before)).Where(row => row["account_id"] == "user:1").ToList();

        Assert.Equal([("Viewer", "no", "unchanged"), ("server-admin", "yes", "new")], rows.Select(row => (row["role"], row["privileged"], row["since_last_review"])));
        Assert.DoesNotContain("PRIVILEGED", rows[0]["flags"], StringComparison.Ordinal);
        Assert.Contains("NEW_PRIVILEGED", rows[1]["flags"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_NoGrantTellsOfIt_TheAccountIsPointedOut()
    {
        using var file = File(tellsByGrant: false);
        var before = await FirstSync(file);

        var review = JsonNode.Parse(await _run.Text(file.Path, "json", "--since-sync", before))!;

        var raised = review["changes"]!.AsArray().Where(change => (string?)change!["kind"] == "administrator added").ToList();
        Assert.Equal(["user:1", "user:3"], raised.Select(change => (string)change!["accountId"]!).Order(StringComparer.Ordinal));
        Assert.All(raised, change => Assert.True((bool)change!["privilegeUp"]!));
        Assert.Contains(review["findings"]!.AsArray(), finding => (string?)finding!["code"] == "NEW_PRIVILEGED" && (string?)finding["subjectId"] == "user:1");
        Assert.All(review["rows"]!.AsArray(), row => Assert.Equal("no", (string?)row!["privileged"]));
    }

    public void Dispose() => _run.Dispose();

    private static string[] Texts(JsonNode? array) => [.. array?.AsArray().Select(text => (string)text!) ?? []];

    private static async Task<string> FirstSync(TemporaryFile file)
        => (string)(await Cli.Run("syncs", "-f", file.Path, "-o", "json")).Succeeded().Json["syncs"]![0]!["id"]!;

    // Bob has been a viewer all the time, and is an administrator since; Alice has been one all the time; Carol is new, and one at once.
    private static TemporaryFile File(bool tellsByGrant, string slug = "server-admin")
    {
        var file = new TemporaryFile();
        file.AddSync(SyncType.Full, sync => Write(sync, isLater: false));
        file.AddSync(SyncType.Full, sync => Write(sync, isLater: true));
        return file;

        void Write(C1z.Writing.SyncWriter sync, bool isLater)
        {
            var organization = TemporaryFile.Resource("org", "1", "Main Org.");
            var server = TemporaryFile.Resource("server", "1", "Grafana");
            var viewer = TemporaryFile.Entitlement(organization, "Viewer");
            var administrator = TemporaryFile.Entitlement(server, slug);
            List<Resource> people = [Person("1", "bob", isLater), Person("2", "alice", isAdministrator: true)];
            if (isLater)
            {
                people.Add(Person("3", "carol", isAdministrator: true));
            }

            sync.Put([Types.Org, Types.User, new ResourceType { Id = "server", DisplayName = "Server" }]);
            sync.Put([organization, server, .. people]);
            sync.Put(tellsByGrant ? [viewer, administrator] : [viewer]);
            sync.Put([TemporaryFile.Grant(viewer, people[0]), TemporaryFile.Grant(viewer, people[1])]);
            if (tellsByGrant)
            {
                sync.Put([.. people.Where(person => person.Profile.Fields["is_grafana_admin"].BoolValue && person.Id.Resource != "3").Select(person => TemporaryFile.Grant(administrator, person))]);
            }
        }

        static Resource Person(string id, string name, bool isAdministrator)
        {
            var person = TemporaryFile.User(id, name);
            person.Profile = new Struct { Fields = { ["is_grafana_admin"] = Value.ForBool(isAdministrator) } };
            person.Annotations.Add(Any.Pack(new UserTrait { AccountType = UserTrait.Types.AccountType.Human, Login = name }));
            return person;
        }
    }
}
