using System.Text.Json.Nodes;
using Baton.C1z.Syncs;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;

namespace Baton.Cli.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private const string Header =
        "Type,Last Name,First Name,User ID,User Status,Email Address,Entitlement Display Name,Entitlement,Resource Type,Resource Name,Entitlement Description,Entitlement Slug";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Csv_FileOfUpstream_HasEveryIdentityEntitlementAndGrant()
    {
        var path = Out("x.csv");

        (await Cli.Run("export", "csv", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "--out", path)).Succeeded();

        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                Header,
                "Identity,,,2,Disabled,alice@example.com,,,,,,",
                "Entitlement,,,,,,Main Org. Viewer,org:1:Viewer,org,Main Org.,Viewer role in Main Org. Grafana organization,Viewer",
                "Grant,,,2,,alice@example.com,Main Org. Viewer,org:1:Viewer,org,Main Org.,Viewer role in Main Org. Grafana organization,Viewer",
            ],
            [lines[0], lines.Single(line => line.StartsWith("Identity,", StringComparison.Ordinal) && line.Contains("alice", StringComparison.Ordinal)),
             lines.Single(line => line.StartsWith("Entitlement,", StringComparison.Ordinal) && line.Contains("org:1:Viewer", StringComparison.Ordinal)),
             lines.Single(line => line.StartsWith("Grant,", StringComparison.Ordinal) && line.Contains("alice", StringComparison.Ordinal) && line.Contains("org:1:Viewer", StringComparison.Ordinal))]);
        Assert.Equal("5 6 8", string.Join(' ', new[] { "Identity", "Entitlement", "Grant" }.Select(type => lines.Count(line => line.StartsWith($"{type},", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task Csv_TypeOfAccountsWithoutAny_LosesNothing()
    {
        using var file = FeatureFile.CreateSimple();
        var path = Out("x.csv");

        (await Cli.Run("export", "csv", "-f", file.Path, "--out", path)).Succeeded();

        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(6, Count(text, "\nIdentity,"));
        Assert.Equal(4, Count(text, "\nEntitlement,"));
        Assert.Equal(8, Count(text, "\nGrant,"));
        Assert.Contains("\nIdentity,Example,Carol,3,Disabled,carol@example.com,", text, StringComparison.Ordinal);
        Assert.Contains("\nIdentity,,,,Unknown,,", text, StringComparison.Ordinal);
        Assert.Contains("\nGrant,,,,,admin@example.com,,org:404:Admin,org,,,\n", text, StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"click\"\")\",", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_Flags_ChangeWhatTheySay()
    {
        using var file = FeatureFile.CreateSimple();
        var path = Out("x.csv");

        (await Cli.Run("export", "csv", "-f", file.Path, "--out", path, "--raw", "--bom", "--details")).Succeeded();

        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'T'], bytes[..4]);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.StartsWith(Header + ",Principal,Principal ID,Login,Account Type,Account Status,Last Seen,Created,Resource ID,How,Grant ID\n", text, StringComparison.Ordinal);
        Assert.Contains(",\"=HYPERLINK(", text, StringComparison.Ordinal);

        // Teams and those whom the sync does not list are there, too.
        Assert.Equal(10, Count(text, "\nGrant,"));
        Assert.Contains(",bob,user:2,bob,human,disabled,2026-11-20,,org:2,via SRE,org:2:Editor:user:2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xlsx_HostileNames_AreTextInTheRightCells()
    {
        using var file = FeatureFile.CreateSimple();
        var path = Out("x.xlsx");

        (await Cli.Run("export", "xlsx", "-f", file.Path, "--out", path, "--details")).Succeeded();

        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet!;
        var rows = sheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToDictionary(cell => cell.CellReference!.Value![..1], cell => cell.InnerText, StringComparer.Ordinal)).ToList();
        Assert.Equal(1 + 6 + 4 + 10, rows.Count);
        Assert.Empty(sheet.Descendants<CellFormula>());
        Assert.Contains(rows, row => row["A"] == "Entitlement" && row["J"] == FeatureFile.Formula);
        Assert.Contains(rows, row => row["A"] == "Identity" && row["M"].Replace("_x001B_", "\u001b", StringComparison.Ordinal) == FeatureFile.Hostile);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Export_Twice_GivesTheSameBytes(string format)
    {
        using var file = FeatureFile.CreateSimple();

        foreach (var name in new[] { "one", "two" })
        {
            (await Cli.Run("export", format, "-f", file.Path, "--out", Out(name))).Succeeded();
        }

        Assert.Equal(await File.ReadAllBytesAsync(Out("one"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Out("two"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Json_FileOfUpstream_IsMadeOfItsListings()
    {
        (await Cli.Run("export", "json", "-f", Fixtures.PathOf(Fixtures.Expansion), "--out", Out("x.json"))).Succeeded();

        var document = JsonNode.Parse(await File.ReadAllTextAsync(Out("x.json"), TestContext.Current.CancellationToken))!.AsObject();
        var listings = Fixtures.Listings(Fixtures.Expansion);
        Assert.Equal(["sync", "resourceTypes", "resources", "entitlements", "grants"], document.Select(member => member.Key).ToArray());
        Assert.True(JsonNode.DeepEquals(listings["syncs"]!["syncs"]![0], document["sync"]));
        foreach (var (command, list) in new[] { ("resource-types", "resourceTypes"), ("resources", "resources"), ("entitlements", "entitlements"), ("grants", "grants") })
        {
            Assert.True(JsonNode.DeepEquals(listings[command]![list], document[list]), list);
        }
    }

    [Fact]
    public async Task JsonLines_EveryObject_IsALine()
    {
        (await Cli.Run("export", "jsonl", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "--out", Out("x.jsonl"))).Succeeded();

        var lines = await File.ReadAllLinesAsync(Out("x.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(1 + 2 + 7 + 6 + 8, lines.Length);
        Assert.All(lines, line => Assert.IsType<JsonObject>(JsonNode.Parse(line)));
    }

    [Fact]
    public async Task C1z_OneOfTwoSyncs_IsAFileThatListsTheSame()
    {
        const string first = "3MVN1hcHANR2zv3RdqrpMENY6kQ";
        var copy = Out("copy.c1z");

        (await Cli.Run("export", "c1z", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "--sync-id", first, "--out", copy)).Succeeded();

        foreach (var (command, expected) in Fixtures.Listings(Fixtures.TwoSyncs)["bySync"]![first]!.AsObject())
        {
            var result = await Cli.Run(command, "-f", copy, "-o", "json");

            Assert.True(JsonNode.DeepEquals(expected, result.Succeeded().Json), result.Output);
        }

        var sync = Fixtures.Listings(Fixtures.TwoSyncs)["syncs"]!["syncs"]![0];
        var syncs = (await Cli.Run("syncs", "-f", copy, "-o", "json")).Succeeded().Json["syncs"]!.AsArray();
        Assert.True(JsonNode.DeepEquals(sync, Assert.Single(syncs)));
    }

    [Fact]
    public async Task C1z_OldWriter_IsCopiedToo()
    {
        var copy = Out("copy.c1z");

        (await Cli.Run("export", "c1z", "-f", Fixtures.PathOf(Fixtures.Legacy), "--out", copy)).Succeeded();

        var result = await Cli.Run("grants", "-f", copy, "-o", "json");
        Assert.True(JsonNode.DeepEquals(Fixtures.Listings(Fixtures.Legacy)["grants"], result.Succeeded().Json), result.Output);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Export_OverTheFileThatIsRead_LeavesIt(string format)
    {
        File.Copy(Fixtures.PathOf(Fixtures.Grafana), Out("x.c1z"));
        File.CreateSymbolicLink(Out("link.c1z"), "x.c1z");
        (string From, string To)[] cases = [("x.c1z", "x.c1z"), ("x.c1z", "link.c1z"), ("link.c1z", "x.c1z")];
        foreach (var (from, to) in cases)
        {
            var error = (await Cli.Run("export", format, "-f", Out(from), "--out", Out(to))).Failed();

            Assert.Equal($"Error: cannot write {Out(to)}: it is the file that is read; choose another name with --out", error);
        }

        (await Cli.Run("syncs", "-f", Out("link.c1z"))).Succeeded();
    }

    [Theory]
    [InlineData("csv", "")]
    [InlineData("c1z", "")]
    [InlineData("c1z", "-")]
    public async Task Export_NoFileIsNamed_IsRefused(string format, string path)
    {
        var error = (await Cli.Run("export", format, "-f", Fixtures.PathOf(Fixtures.Grafana), "--out", path)).Failed();

        Assert.Contains("--out", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_FolderMissing_NamesTheFolder()
    {
        var error = (await Cli.Run("export", "csv", "-f", Fixtures.PathOf(Fixtures.Grafana), "--out", Out("no/x.csv"))).Failed(BatonExitCode.Failed);

        Assert.Equal($"Error: cannot write {Out("no/x.csv")}: the folder {Out("no")} does not exist", error);
    }

    [Fact]
    public async Task C1z_PlaceIsTaken_IsNotOverwritten()
    {
        await File.WriteAllTextAsync(Out("taken"), "mine", TestContext.Current.CancellationToken);

        var error = (await Cli.Run("export", "c1z", "-f", Fixtures.PathOf(Fixtures.Grafana), "--out", Out("taken"))).Failed(BatonExitCode.Failed);

        Assert.Contains("is there already, and is not overwritten", error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Out("taken"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task C1z_SyncThatHasNotEnded_IsRefused()
    {
        using var file = new TemporaryFile();
        var id = file.AddSync(SyncType.Full, sync => sync.Put([new ResourceType { Id = "user" }]), finish: false);

        (await Cli.Run("export", "c1z", "-f", file.Path, "--sync-id", id, "--out", Out("x.c1z"))).Failed(BatonExitCode.NoSync);
        (await Cli.Run("export", "c1z", "-f", file.Path, "--sync-id", id, "--allow-unfinished", "--out", Out("x.c1z"))).Failed();

        Assert.False(File.Exists(Out("x.c1z")));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    public async Task Export_FileIsDamaged_LeavesWhatWasThere(string format)
    {
        using var file = FeatureFile.CreateSimple();
        Damage.Replace(file.Path, "v1_grants", [0xFF]);
        await File.WriteAllTextAsync(Out("old"), "old", TestContext.Current.CancellationToken);

        string[] flags = format == "json" ? [] : ["--details"];

        (await Cli.Run(["export", format, "-f", file.Path, "--out", Out("old"), .. flags])).Failed(BatonExitCode.BadFile);

        Assert.Equal(["old"], Directory.EnumerateFiles(_folder.Path).Select(path => Path.GetFileName(path)!).ToArray());
        Assert.Equal("old", await File.ReadAllTextAsync(Out("old"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Export_FolderIsMissingOrThePlaceIsAFolder_IsAnError()
    {
        var missing = await Cli.Run("export", "csv", "-f", Fixtures.PathOf(Fixtures.Grafana), "--out", Path.Combine(_folder.Path, "no", "x.csv"));
        var folder = await Cli.Run("export", "csv", "-f", Fixtures.PathOf(Fixtures.Grafana), "--out", _folder.Path);

        Assert.StartsWith("Error: cannot write ", missing.Failed(BatonExitCode.Failed), StringComparison.Ordinal);
        Assert.EndsWith(": it is a folder", folder.Failed(BatonExitCode.Failed), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private string Out(string name) => Path.Combine(_folder.Path, name);
}
