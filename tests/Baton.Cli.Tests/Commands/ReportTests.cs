using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>The flags of lists, on every command that prints rows: each of them does what it says everywhere, or is refused.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFile _file = FeatureFile.Create();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Reports => new()
    {
        { "resource-types", "id" },
        { "resources", "id" },
        { "entitlements", "id" },
        { "grants", "id" },
        { "principals", "id" },
        { "find e", "id" },
        { "syncs", "started" },
        { "access user:2", "grant" },
        { "principals compare -e org:1:Viewer --compare-entitlement org:1:Admin", "id" },
        { "findings", "code" },
        { "stats", "resource_type" },
        { Verify, "account" },
    };

    private const string Verify = "review verify";

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Formats_All_HaveTheSameRows(string report, string column)
    {
        var plain = await Run(report, "-o", "csv", "--fields", column, "--no-header");
        var expected = plain.Length;
        Assert.InRange(expected, 2, 100);

        Assert.Equal(expected + 1, (await Run(report, "-o", "tsv", "--columns", column)).Length);
        Assert.Equal(expected, (await Run(report, "-o", "jsonl")).Length);
        var flat = (await Run(report, "-o", "jsonl", "--fields", column)).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.Equal(expected, flat.Count);
        Assert.All(flat, row => Assert.Equal([column], row.Select(member => member.Key)));
        Assert.Equal(expected, Assert.Single(JsonNode.Parse(string.Join('\n', await Run(report, "-o", "json", "--fields", column)))!.AsObject()).Value!.AsArray().Count);

        // For people, the totals of stats stand below.
        var totals = report == "stats" ? 1 : 0;
        Assert.Equal(expected + 2 + totals, (await Run(report, "-o", "markdown", "--columns", column)).Length);
        Assert.Equal(expected + totals, (await Run(report, "-o", "markdown", "--columns", column, "--no-header")).Length);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Sort_Descending_IsTheOtherWayRound(string report, string column)
    {
        var rows = await Run(report, "-o", "csv", "--fields", column, "--no-header");
        var ascending = await Run(report, "-o", "csv", "--fields", column, "--no-header", "--sort", column);
        var descending = await Run(report, "-o", "csv", "--fields", column, "--no-header", "--sort", $"{column}:desc");

        Assert.Equal(rows.Order(StringComparer.Ordinal), ascending.Order(StringComparer.Ordinal));
        Assert.Equal(ascending.Reverse(), descending);
        Assert.NotEqual(ascending, descending);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task LimitAndOffset_AfterTheSort_AreAPart(string report, string column)
    {
        var all = await Run(report, "-o", "csv", "--fields", column, "--no-header", "--sort", column);

        Assert.Equal(all[1..2], await Run(report, "-o", "csv", "--fields", column, "--no-header", "--sort", column, "--offset", "1", "--limit", "1"));
        Assert.Equal([""], await Run(report, "-o", "csv", "--fields", column, "--no-header", "--offset", "1000"));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task UnknownColumn_EveryFlag_NamesTheKnownOnes(string report, string column)
    {
        foreach (var flag in new[] { "--columns", "--fields", "--sort" })
        {
            var message = (await Start(report, "-q", flag, "colour")).Failed();

            Assert.StartsWith($"Error: {flag} does not know \"colour\"; there are ", message, StringComparison.Ordinal);
            Assert.Contains(column, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task FlagsForNothing_EveryReport_AreRefused(string report, string column)
    {
        foreach (var (flags, expected) in new[]
        {
            (new[] { "-o", "html" }, "--output-format html is for diff alone"),
            (["-o", "json", "--columns", column], "--columns changes nothing about the objects of json and jsonl"),
            (["-o", "jsonl", "--columns", column], "--columns changes nothing about the objects of json and jsonl"),
            (["--limit", "-1"], "--limit must not be negative"),
            (["--sort", ""], "--sort is empty"),
        })
        {
            Assert.StartsWith($"Error: {expected}", (await Start(report, flags)).Failed(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("resources", "NEWCOMER", 1)]
    [InlineData("syncs", "full", 3)]
    [InlineData("access user:2", "sre", 1)]
    [InlineData("principals compare -e org:1:Viewer --compare-entitlement org:1:Admin", "carol", 1)]
    [InlineData("findings", "zzz", 0)]
    [InlineData("findings", "user:2", 2)]
    [InlineData(Verify, "nobody", 0)]
    [InlineData(Verify, "bob", 3)]
    public async Task Search_Text_LeavesTheRowsThatHaveIt(string report, string text, int expected)
        => Assert.Equal(expected, (await Run(report, "-o", "csv", "--search", text)).Length - 1);

    [Fact]
    public async Task Search_Empty_DoesNotListEverything()
        => Assert.Equal("Error: --search is empty", (await Start("findings", "--search", "")).Failed());

    [Fact]
    public async Task Findings_SortedBySeverity_AreByHowBadTheyAre()
    {
        var worstFirst = (await Run("findings", "-o", "csv", "--fields", "severity", "--no-header", "--sort", "-severity")).Distinct();

        Assert.Equal(["high", "medium", "low", "info", "data quality"], worstFirst);
    }

    [Fact]
    public async Task Findings_Part_StillCountAndFailOnAll()
    {
        var whole = await Start("findings", "--fail-on", "high");
        var part = await Start("findings", "--fail-on", "high", "--sort", "severity", "--limit", "1");

        Assert.Equal(5, part.ExitCode);
        Assert.Contains("data quality", part.Lines[1], StringComparison.Ordinal);
        Assert.Equal(whole.Error.TrimEnd('\n') + "; 1 of them shown\n", part.Error);
    }

    [Fact]
    public async Task Findings_SortedJson_HasTheSameObjects()
    {
        var plain = (await Start("findings", "-o", "json")).Json["findings"]!.AsArray();
        var sorted = (await Start("findings", "-o", "json", "--sort", "-detail,id")).Json["findings"]!.AsArray();

        Assert.Equal(plain.Select(row => row!.ToJsonString()).Order(StringComparer.Ordinal), sorted.Select(row => row!.ToJsonString()).Order(StringComparer.Ordinal));
        Assert.NotEqual(plain.ToJsonString(), sorted.ToJsonString());
        Assert.Contains(sorted, row => row!["resourceId"] is not null);
    }

    [Fact]
    public async Task Findings_None_AreAnEmptyList()
    {
        using var file = TemporaryFile.Of(_ => { });

        Assert.Equal("""{"findings":[]}""", (await Cli.Run("findings", "-q", "-f", file.Path, "-o", "json")).Succeeded().Json.ToJsonString());
        Assert.Equal("severity,code,subject,id,resource,resource_id,detail\n", (await Cli.Run("findings", "-q", "-f", file.Path, "-o", "csv")).Succeeded().Output);
    }

    [Fact]
    public async Task Stats_Table_HasTheTotalsLast()
    {
        var table = await Run("stats", "--sort", "-resources", "--limit", "1");
        var csv = await Run("stats", "-o", "csv", "--sort", "-resources", "--limit", "1");

        Assert.Matches("^user +6 +0 +0$", table[^2]);
        Assert.Matches("^\\(all\\) +10 +4 +10$", table[^1]);
        Assert.Equal(["resource_type,resources,entitlements,grants", "user,6,0,0"], csv);
    }

    [Theory]
    [InlineData("stats", "--sort id")]
    [InlineData("stats", "--limit 1")]
    [InlineData("principals compare -e org:1:Viewer --compare-entitlement org:1:Admin", "--limit 1")]
    [InlineData("principals compare -e org:1:Viewer --compare-entitlement org:1:Admin", "--offset 1")]
    public async Task ListFlags_DocumentThatIsNoList_AreRefused(string report, string flags)
    {
        var message = (await Start(report, ["-o", "json", .. flags.Split(' ')])).Failed();

        Assert.StartsWith($"Error: {flags.Split(' ')[0]} is for lists, and -o json prints ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_Json_SortsEachList()
    {
        string[] call = ["principals", "compare", "-f", _file.Path, "-q", "-e", "org:1:Viewer", "--compare-entitlement", "org:1:Admin", "-o", "json"];
        var plain = (await Cli.Run(call)).Succeeded().Json;
        var sorted = (await Cli.Run([.. call, "--sort", "-id"])).Succeeded().Json;

        foreach (var list in new[] { "missing", "extra", "base", "compared" })
        {
            Assert.Equal(Ids(plain, list).OrderDescending(StringComparer.Ordinal), Ids(sorted, list));
        }

        static List<string> Ids(JsonNode document, string list) => [.. document[list]!.AsArray().Select(row => (string)row!["resource"]!["id"]!["resource"]!)];
    }

    [Fact]
    public async Task Compare_JsonLines_SayWhichSide()
    {
        var rows = (await Run("principals compare -e org:1:Viewer --compare-entitlement org:1:Admin", "-o", "jsonl", "--sort", "difference,id"))
            .Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(["only in base", "only in compared"], rows.Select(row => (string)row["difference"]!).Distinct());
        Assert.All(rows, row => Assert.NotNull(row["resource"]!["id"]));
    }

    [Theory]
    [InlineData("--sync-id x")]
    [InlineData("--allow-unfinished")]
    public async Task Syncs_FlagsThatChooseOne_AreRefused(string flags)
        => Assert.Equal(
            $"Error: {flags.Split(' ')[0]} is for commands that show one sync, which this one does not: leave it out",
            (await Start("syncs", flags.Split(' '))).Failed());

    [Fact]
    public async Task SyncId_OfTheEnvironment_LeavesTheListOfSyncsWhole()
        => Assert.Equal(4, (await Cli.RunIn([("BATON_SYNC_ID", "x")], "syncs", "-f", _file.Path)).Succeeded().Lines.Length);

    [Theory]
    [InlineData("findings")]
    [InlineData("syncs")]
    [InlineData("stats")]
    [InlineData("principals compare -e org:1:Viewer --compare-entitlement org:1:Admin")]
    public async Task Color_Always_HasABoldHeader(string report)
        => Assert.Contains(await Run(report, "--color", "always"), line => line.StartsWith("\u001b[1m", StringComparison.Ordinal));

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    private async Task<string[]> Run(string report, params string[] flags)
    {
        var result = await Start(report, flags);
        Assert.Equal(0, result.ExitCode);
        return result.Lines;
    }

    private async Task<CliResult> Start(string report, params string[] flags)
    {
        string[] decisions = report == Verify ? ["--decisions", Decide()] : [];
        return await Cli.Run([.. report.Split(' '), "-f", _file.Path, .. decisions, .. flags]);
    }

    // As an import writes it: of a review before the syncs of the file, with three revocations that were carried out.
    private string Decide()
    {
        var path = Path.Combine(_folder.Path, "decisions.json");
        var decisions = new JsonArray();
        foreach (var (row, account, name) in new[] { ("r0123456789abcdef", "user:2", "bob"), ("r123456789abcdef0", "user:3", "Bob the second"), ("r23456789abcdef01", "user:4", "zoe (bob)") })
        {
            decisions.Add(new JsonObject
            {
                ["rowId"] = row,
                ["grantId"] = $"org:1:Admin:{account}",
                ["accountId"] = account,
                ["accountName"] = name,
                ["login"] = name,
                ["email"] = "",
                ["resourceId"] = "org:1",
                ["resourceName"] = "Main Org.",
                ["entitlementId"] = "org:1:Admin",
                ["role"] = "Admin",
                ["decision"] = "revoke",
                ["revocable"] = "yes",
            });
        }

        File.WriteAllText(path, new JsonObject
        {
            ["review"] = new JsonObject
            {
                ["system"] = "",
                ["scope"] = "",
                ["file"] = "x.c1z",
                ["sha256"] = "",
                ["syncId"] = "earlier",
                ["syncEndedAt"] = "2026-01-01T00:00:00Z",
                ["sheet"] = "x.csv",
                ["sheetSha256"] = "",
                ["importedAt"] = "2026-01-01T00:00:00Z",
                ["toolVersion"] = "",
            },
            ["counts"] = new JsonObject { ["population"] = 3, ["keep"] = 0, ["change"] = 0, ["revoke"] = 3, ["defer"] = 0, ["undecided"] = 0 },
            ["decisions"] = decisions,
        }.ToJsonString());
        return path;
    }
}
