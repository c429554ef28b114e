using System.Text.Json.Nodes;
using Baton.Evidence.Reading;
using Baton.Evidence.Review;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Review;

public sealed class ReviewCommandTests : IDisposable
{
    private static readonly string Grafana = Fixtures.PathOf(Fixtures.TwoSyncs);

    private readonly ReviewRun _run = new();

    [Fact]
    public async Task Run_Folder_HoldsEveryFormatAndAManifestThatFits()
    {
        var folder = _run.Path("out");

        var result = (await Cli.Run("review", "-f", Grafana, "--out", folder, "--format", "xlsx,html,csv,json", "--as-of", ReviewRun.AsOf)).Succeeded();

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), Token))!;
        Assert.Equal(["review.csv", "review.html", "review.json", "review.xlsx"], Names(manifest["files"]!));
        Assert.All(manifest["files"]!.AsArray(), file => Assert.Equal(FileProvenance.Hash(Path.Combine(folder, (string)file!["name"]!)), (string)file["sha256"]!));
        Assert.Equal(FileProvenance.Hash(Grafana), (string)manifest["inputs"]![0]!["sha256"]!);
        Assert.Contains("8 rows, 5 accounts, 2 resources", result.Output, StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(folder).Length);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("html")]
    [InlineData("json")]
    [InlineData("xlsx")]
    public async Task Run_SameFileAndTime_GivesTheSameBytes(string format)
    {
        foreach (var name in new[] { "one", "two" })
        {
            (await Cli.Run("review", "-f", Grafana, "--out", _run.Path($"{name}.{format}"), "--as-of", ReviewRun.AsOf)).Succeeded();
        }

        Assert.Equal(await File.ReadAllBytesAsync(_run.Path($"one.{format}"), Token), await File.ReadAllBytesAsync(_run.Path($"two.{format}"), Token));
    }

    [Fact]
    public async Task Run_FileIsThere_IsNotReplacedUnlessForced()
    {
        var sheet = _run.Write("decided.csv", "a week of work");

        var refused = await Cli.Run("review", "-f", Grafana, "--out", sheet);

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("a week of work", await File.ReadAllTextAsync(sheet, Token));
        (await Cli.Run("review", "-f", Grafana, "--out", sheet, "--force")).Succeeded();
        Assert.StartsWith("row_id,", await File.ReadAllTextAsync(sheet, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Interrupted_LeavesNothingBehind()
    {
        using var interruption = new CancellationTokenSource();
        using var folder = new TemporaryFolder();
        var host = new ProgramHost(TextWriter.Null, TextWriter.Null, name => name == "BATON_TMPDIR" ? folder.Path : null, Terminal: null)
        {
            Time = new InterruptingTime(interruption),
        };

        var code = await BatonProgram.RunAsync(["review", "-f", Grafana, "--out", _run.Path("out")], host, interruption.Token);

        Assert.Equal(130, code);
        Assert.False(Directory.Exists(_run.Path("out")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Run_Bom_IsForExcelAndHarmlessOtherwise()
    {
        (await Cli.Run("review", "-f", Grafana, "--out", _run.Path("bom.csv"), "--bom")).Succeeded();

        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'r'], (await File.ReadAllBytesAsync(_run.Path("bom.csv"), Token))[..4]);
        Assert.Equal(5, (await Cli.Run("review", "import", _run.Path("bom.csv"), "-f", Grafana)).ExitCode);
    }

    [Fact]
    public async Task Run_Totals_EqualTheRowsAndTheFile()
    {
        var report = JsonNode.Parse(await _run.Text(Grafana, "json"))!;

        var totals = report["report"]!["totals"]!;
        var grants = Fixtures.Listings(Fixtures.TwoSyncs)["grants"]!["grants"]!.AsArray().Count;
        Assert.Equal(grants, report["rows"]!.AsArray().Count);
        Assert.Equal(grants, (int)totals["rows"]!);
        Assert.Equal(grants, (int)totals["direct"]! + (int)totals["inherited"]! + (int)totals["directAndInherited"]!);
        Assert.Equal(grants, totals["rowsByRole"]!.AsObject().Sum(role => (int)role.Value!));
        Assert.Equal(5, totals["accountsByStatus"]!.AsObject().Sum(status => (int)status.Value!));
        Assert.Equal(5, report["accounts"]!.AsArray().Count);
        Assert.Equal($"matches the source: {grants} grants in the file", (string)report["report"]!["sourceCheck"]!);
        var counted = report["report"]!["findingCounts"]!.AsArray().Sum(finding => (int)finding!["count"]!);
        Assert.Equal(report["findings"]!.AsArray().Count, counted);
    }

    [Fact]
    public async Task Run_EarlierSyncOfTheSameFile_NamesTheChanges()
    {
        var earlier = (string)(await Cli.Run("syncs", "-f", Grafana, "-o", "json")).Json["syncs"]![0]!["id"]!;

        var report = JsonNode.Parse(await _run.Text(Grafana, "json", "--since-sync", earlier))!;

        Assert.Equal(
            ["account added", "account disabled", "granted", "granted", "removed", "role changed"],
            report["changes"]!.AsArray().Select(change => (string)change!["kind"]!).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(earlier, (string)report["report"]!["earlier"]!["syncId"]!);
        Assert.Equal(2, (int)report["report"]!["totals"]!["removed"]!);
    }

    [Fact]
    public async Task Run_Scope_LeavesTheRestOutAndSaysSo()
    {
        var report = JsonNode.Parse(await _run.Text(Grafana, "json", "--scope", "org:2"))!;

        Assert.All(report["rows"]!.AsArray(), row => Assert.Equal("org:2", (string)row!["resourceId"]!));
        Assert.Equal("org:2", (string)report["report"]!["scope"]!);
        Assert.Equal(8, (int)report["report"]!["totals"]!["rows"]! + (int)report["report"]!["totals"]!["rowsOutOfScope"]!);
    }

    [Theory]
    [InlineData("high", 5)]
    [InlineData("info", 5)]
    public async Task Run_FailOn_TellsByTheExitCode(string severity, int expected)
        => Assert.Equal(expected, (await Cli.Run("review", "-f", Grafana, "--out", "-", "--fail-on", severity)).ExitCode);

    [Fact]
    public async Task Run_FailOnWithoutSuchFindings_Succeeds()
        => (await Cli.Run("review", "-f", Fixtures.PathOf(Fixtures.Grafana), "--out", "-", "--fail-on", "high")).Succeeded();

    [Fact]
    public async Task Run_OutputFormatJson_PrintsTheReport()
        => Assert.NotEmpty((await Cli.Run("review", "-f", Grafana, "-o", "json")).Succeeded().Json["rows"]!.AsArray());

    [Theory]
    [InlineData("no resource that access is to", "--scope", "org:99")]
    [InlineData("write type:id", "--scope", "main")]
    [InlineData("number of days", "--dormant-days", "-1")]
    [InlineData("does not know \"pdf\"", "--format", "pdf")]
    [InlineData("is no time", "--as-of", "yesterday")]
    [InlineData("takes high, medium", "--fail-on", "dire")]
    [InlineData("no such file", "--people", "/nowhere/hr.csv")]
    [InlineData("--since is empty", "--since", "")]
    public async Task Run_WrongValue_IsOneLineAndNothingIsWritten(string expected, params string[] flags)
    {
        var result = await Cli.Run(["review", "-f", Grafana, "--out", _run.Path("out"), .. flags]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.False(Directory.Exists(_run.Path("out")));
    }

    [Fact]
    public async Task Run_SameFileAsTheEarlierOne_IsRefused()
        => Assert.Equal(2, (await Cli.Run("review", "-f", Grafana, "--since", Grafana, "--out", "-")).ExitCode);

    [Fact]
    public async Task Run_PeopleListWithoutEmails_NamesTheColumn()
    {
        var people = _run.Write("hr.csv", "name\nAda\n");

        var result = await Cli.Run("review", "-f", Grafana, "--people", people, "--out", "-");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("has no column \"email\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_EveryColumn_IsExplainedAndNamedOnce()
    {
        Assert.All(ReviewColumns.All, column => Assert.NotEmpty(column.Meaning));
        Assert.Equal(ReviewColumns.All.Count, ReviewColumns.All.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count());
    }

    public void Dispose() => _run.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Names(JsonNode files) => [.. files.AsArray().Select(file => (string)file!["name"]!).Order(StringComparer.Ordinal)];
}

/// <summary>The time is asked for when everything is read and nothing is written yet.</summary>
internal sealed class InterruptingTime(CancellationTokenSource interruption) : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        interruption.Cancel();
        return base.GetUtcNow();
    }
}
