using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Cli.Tests.Explorer;
using Baton.Cli.Tests.Review;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Field;

/// <summary>Two teams of one name, in two organizations: wherever the name stands, the organization stands beside it.</summary>
public sealed class SameNameTests : IDisposable
{
    private readonly ReviewRun _run = new();

    [Theory]
    [InlineData("grants -o csv --columns resource,how", "SRE in Alpha,direct", "SRE in Beta,direct")]
    [InlineData("grants -o csv --columns resource,how", "Alpha,via SRE in Alpha", "Beta,via SRE in Beta")]
    [InlineData("grants", "SRE in Alpha", "SRE in Beta")]
    [InlineData("access user:1 -o csv --columns resource", "SRE in Alpha", "SRE in Beta")]
    [InlineData("entitlements -o csv --columns resource", "SRE in Alpha", "SRE in Beta")]
    [InlineData("diff", "SRE in Alpha", "SRE in Beta")]
    [InlineData("diff -o csv", "SRE in Alpha", "SRE in Beta")]
    [InlineData("diff -o html", "SRE in Alpha", "SRE in Beta")]
    [InlineData("findings -o csv --columns resource,code", "SRE in Alpha", "SRE in Beta")]
    [InlineData("export csv --details --out -", "via SRE in Alpha", "via SRE in Beta")]
    public async Task Lists_TellThemApart(string command, string first, string second)
    {
        using var file = File();

        var output = command.StartsWith("export", StringComparison.Ordinal)
            ? await Exported(file, command)
            : (await Cli.Run([.. command.Split(' '), "-f", file.Path, "-q"])).Output;

        Assert.Contains(first, output, StringComparison.Ordinal);
        Assert.Contains(second, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Operators in", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_TellsThemApart()
    {
        using var file = File();

        var rows = await _run.Rows(file.Path);

        Assert.Contains(rows, row => row["resource"] == "Alpha" && row["how"] == "via SRE in Alpha (member)");
        Assert.Contains(rows, row => row["resource"] == "SRE" && row["organization"] == "Beta");
    }

    [Fact]
    public async Task Explorer_TellsThemApart()
    {
        using var file = File();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var resources = (await explorer.Get("resources?type=team"))["items"]!.AsArray();
        var access = (await explorer.Get("access?type=user&id=1"))["items"]!.AsArray();

        Assert.Equal(["Operators", "SRE in Alpha", "SRE in Beta"], resources.Select(row => (string)row!["name"]!).Order(StringComparer.Ordinal));
        Assert.Contains("SRE in Beta", access.Select(row => (string)row!["resource"]!["name"]!));
        Assert.Equal("SRE in Alpha", (string?)(await explorer.Get("resource?type=team&id=1"))["name"]);
        Assert.Equal(1, (int?)(await explorer.Get("resources?q=sre%20beta"))["total"]);
    }

    [Fact]
    public async Task Lists_NothingAroundThem_TheIdTells()
    {
        using var file = TemporaryFile.Of(sync =>
        {
            var groups = new[] { "1", "2" }.Select(id => TemporaryFile.Resource("group", id, "SRE")).ToList();
            sync.Put([new ResourceType { Id = "group" }, Types.User]);
            sync.Put(groups);
            sync.Put([TemporaryFile.User("1")]);
            sync.Put(groups.ConvertAll(group => TemporaryFile.Entitlement(group, "member")));
            sync.Put(groups.ConvertAll(group => TemporaryFile.Grant(TemporaryFile.Entitlement(group, "member"), TemporaryFile.User("1"))));
        });

        Assert.Equal(["resource", "SRE (group:1)", "SRE (group:2)"], (await Cli.Run("grants", "-f", file.Path, "-o", "csv", "--columns", "resource")).Succeeded().Lines);
    }

    public void Dispose() => _run.Dispose();

    private async Task<string> Exported(TemporaryFile file, string command)
    {
        var path = _run.Path("sync.csv");
        (await Cli.Run([.. command.Split(' ').Select(word => word == "-" ? path : word), "-f", file.Path])).Succeeded();
        return await System.IO.File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }

    // The members come with the second sync, so that a diff has them.
    private static TemporaryFile File()
    {
        var file = new TemporaryFile();
        file.AddSync(SyncType.Full, sync => Write(sync, isLater: false));
        file.AddSync(SyncType.Full, sync => Write(sync, isLater: true));
        return file;
    }

    private static void Write(SyncWriter sync, bool isLater)
    {
        var (alpha, beta) = (TemporaryFile.Resource("org", "1", "Alpha"), TemporaryFile.Resource("org", "2", "Beta"));
        Resource[] teams = [FieldResources.Team("1", "SRE", alpha), FieldResources.Team("2", "SRE", beta), FieldResources.Team("3", "Operators", beta)];
        var ada = Books.Person("1");
        var members = teams.Select(team => TemporaryFile.Entitlement(team, "member")).ToArray();
        var viewers = new[] { alpha, beta }.Select(organization => TemporaryFile.Entitlement(organization, "Viewer")).ToArray();
        sync.Put([Types.Org, Types.Team, Types.User]);
        sync.Put([alpha, beta, .. teams, ada]);
        sync.Put([.. members, .. viewers, .. teams.Select(team => TemporaryFile.Entitlement(team, "admin"))]);
        if (isLater)
        {
            sync.Put([.. members.Select(member => TemporaryFile.Grant(member, ada)), .. viewers.Zip(members).Select(pair => Inherited(pair.First, ada, pair.Second))]);
        }
    }

    private static Grant Inherited(Entitlement entitlement, Resource principal, Entitlement source)
    {
        var grant = TemporaryFile.Grant(entitlement, principal);
        grant.Sources = new() { Sources = { [source.Id] = new() } };
        return grant;
    }
}
