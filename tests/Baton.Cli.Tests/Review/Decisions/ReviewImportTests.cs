using System.Diagnostics;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Review.Decisions;

public sealed class ReviewImportTests : IDisposable
{
    private static readonly string Grafana = Fixtures.PathOf(Fixtures.TwoSyncs);

    private readonly ReviewRun _run = new();

    [Theory]
    [InlineData("unknown decision \"delete\"", "decision", "delete")]
    [InlineData("change needs a new_role", "decision", "change")]
    [InlineData("contradict each other", "new_role", "Editor")]
    [InlineData("nobody is named in decided_by", "decided_by", "")]
    [InlineData("an account of their own", "decided_by", "alice")]
    [InlineData("an account of their own", "decided_by", "Alice Example")]
    [InlineData("an account of their own", "decided_by", "A. E. <ALICE@example.com>")]
    [InlineData("is not a row id", "row_id", "x")]
    [InlineData("holds no row", "row_id", "r0000000000000000")]
    [InlineData("the sheet says user:3", "account_id", "user:3")]
    [InlineData("the sheet says org:2", "resource_id", "org:2")]
    [InlineData("the sheet says Admin", "role", "Admin")]
    [InlineData("the sheet says other", "grant_id", "other")]
    [InlineData("made of another file or sync", "source", "f0000000000000000.x")]
    public async Task Import_OneWrongRow_IsNamedAndNothingIsTaken(string expected, string column, string value)
    {
        var result = await ImportAsync((i, row) =>
        {
            if (i == 1)
            {
                row[column] = value;
            }
        });

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains("row 3: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_run.Path("out")));
    }

    [Theory]
    [InlineData("bob", "Bob Example <bobby@example.com>")]
    [InlineData("alice", "Malice@example.com")]
    public async Task Import_SomebodyElseOfASimilarName_MayDecide(string login, string by)
    {
        var result = await ImportAsync((_, row) => row["decided_by"] = row["login"] == login ? by : "Rita");

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Import_RoleThatTheResourceHasNot_NamesThoseItHas()
    {
        var result = await ImportAsync((i, row) => (row["decision"], row["new_role"]) = i == 1 ? ("change", "Emperor") : ("keep", ""));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Main Org. has no role \"Emperor\"; it has ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TheSameRowTwice_IsRefusedOnlyWhenItContradicts()
    {
        var sheet = await SheetAsync();
        var once = _run.Path("once.csv");
        DecidedSheet.Csv(sheet, once, Keep);
        var lines = await File.ReadAllLinesAsync(once, TestContext.Current.CancellationToken);
        var twice = _run.Write("twice.csv", string.Join("\r\n", [.. lines, lines[1]]));
        var contradictory = _run.Write("contradictory.csv", string.Join("\r\n", [.. lines, lines[1].Replace("\"keep\"", "\"revoke\"", StringComparison.Ordinal)]));

        Assert.Equal(0, (await Cli.Run("review", "import", twice, "-f", Grafana)).ExitCode);
        var refused = await Cli.Run("review", "import", contradictory, "-f", Grafana);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("row 10: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("is decided twice: keep in row 2, revoke here", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RowsWithoutADecision_AreAnErrorUnlessPartial()
    {
        var sheet = await SheetAsync();
        var decided = _run.Path("decided.csv");
        DecidedSheet.Csv(sheet, decided, (i, row) => (row["decision"], row["decided_by"]) = i < 3 ? ("revoke", "Rita") : ("", ""));

        var refused = await Cli.Run("review", "import", decided, "-f", Grafana);
        var taken = await Cli.Run("review", "import", decided, "-f", Grafana, "--partial", "-o", "json");

        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("5 of 8 rows have no decision", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, taken.Json["revocations"]!.AsArray().Count);
        Assert.Equal(5, (int)taken.Json["counts"]!["undecided"]!);
    }

    [Fact]
    public async Task Import_SheetOfAScope_IsCompleteWithinIt()
    {
        var sheet = await SheetAsync("--scope", "org:2");
        var decided = _run.Path("decided.csv");
        DecidedSheet.Csv(sheet, decided, Keep);

        Assert.Equal(0, (await Cli.Run("review", "import", decided, "-f", Grafana, "--scope", "org:2")).ExitCode);
        Assert.Equal(5, (await Cli.Run("review", "import", decided, "-f", Grafana)).ExitCode);
    }

    [Fact]
    public async Task Import_OtherFile_IsToldOnce()
    {
        var sheet = await SheetAsync();
        var decided = _run.Path("decided.csv");
        DecidedSheet.Csv(sheet, decided, Keep);

        var result = await Cli.Run("review", "import", decided, "-f", Fixtures.PathOf(Fixtures.Grafana));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("made of another file", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_RemarkBelowTheTable_IsPassedOver()
    {
        var sheet = await SheetAsync();
        var decided = _run.Path("decided.csv");
        DecidedSheet.Csv(sheet, decided, Keep);
        await File.AppendAllTextAsync(decided, ",\"reviewed in one sitting\"\r\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await Cli.Run("review", "import", decided, "-f", Grafana)).ExitCode);
    }

    [Fact]
    public async Task Import_InheritedAccess_IsLeftToPeople()
    {
        var file = Fixtures.PathOf(Fixtures.Expansion);
        var sheet = _run.Path("review.csv");
        (await Cli.Run("review", "-f", file, "--out", sheet)).Succeeded();
        var decided = _run.Path("decided.csv");
        DecidedSheet.Csv(sheet, decided, (_, row) => (row["decision"], row["decided_by"]) = (row["grant_id"] is "org:1:admin:user:3" or "org:1:admin:user:4" ? "revoke" : "keep", "Rita"));

        var result = await Cli.Run("review", "import", decided, "-f", file, "--script");

        Assert.Contains("call '--revoke-grant=org:1:admin:user:4'", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--revoke-grant=org:1:admin:user:3", result.Output, StringComparison.Ordinal);
        Assert.Contains("# BY HAND", result.Output, StringComparison.Ordinal);
        Assert.Contains("need more than a revocation", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ChangeOfRole_RevokesBeforeItGrants()
    {
        var result = await ImportAsync((i, row) => (row["decision"], row["new_role"]) = i == 2 ? ("change", "Editor") : ("keep", ""), "--script");

        var calls = result.Output.Split('\n').Where(line => line.StartsWith("call '", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            ["call '--revoke-grant=org:1:Viewer:user:3'", "call '--grant-entitlement=org:1:Editor' '--grant-principal-type=user' '--grant-principal=3'"],
            calls);
    }

    [Fact]
    public async Task Import_Script_HandsHostileIdsToTheConnectorToTheLetter()
    {
        string[] ids = ["it's; touch pwned", "$(touch pwned)", "`touch pwned`", "a\ntouch pwned\n", "-x", "\"quoted\"", "ünï 漢字"];
        var org = TemporaryFile.Resource("org", "1", "x\ntouch pwned");
        var admin = TemporaryFile.Entitlement(org, "Admin");
        using var file = TemporaryFile.Of(sync =>
        {
            sync.Put([Types.User, Types.Org]);
            sync.Put([org, .. ids.Select(id => TemporaryFile.User(id, "\ntouch pwned\n"))]);
            sync.Put([admin]);
            sync.Put(ids.Select(id => TemporaryFile.Grant(admin, TemporaryFile.User(id))).ToList());
        });
        var sheet = _run.Path("review.csv");
        (await Cli.Run("review", "-f", file.Path, "--out", sheet)).Succeeded();
        var decided = _run.Path("decided.csv");
        DecidedSheet.Csv(sheet, decided, (_, row) => (row["decision"], row["decided_by"], row["ticket"]) = ("revoke", "Rita", "T\n touch pwned"));
        var connector = _run.Write("connector it's", "#!/bin/sh\nfor argument in \"$@\"; do printf '%s\\0' \"$argument\"; done\n");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The script is one for a shell.");
            return;
        }

        File.SetUnixFileMode(connector, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var result = await Cli.Run("review", "import", decided, "-f", file.Path, "--script", "--connector", connector);
        var said = await ShellAsync(_run.Write("revoke.sh", result.Output));

        Assert.False(File.Exists(_run.Path("pwned")));
        var given = said.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(argument => argument.StartsWith("--revoke", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            ids.Select(id => $"--revoke-grant=org:1:Admin:user:{id}").Order(StringComparer.Ordinal).ToArray(),
            given.Order(StringComparer.Ordinal).ToArray());
    }

    public void Dispose() => _run.Dispose();

    private static void Keep(int i, Dictionary<string, string> row) => (row["decision"], row["decided_by"]) = ("keep", "Rita");

    private async Task<string> SheetAsync(params string[] flags)
    {
        var sheet = _run.Path("review.csv");
        (await Cli.Run(["review", "-f", Grafana, "--out", sheet, .. flags])).Succeeded();
        return sheet;
    }

    private async Task<CliResult> ImportAsync(Action<int, Dictionary<string, string>> decide, params string[] flags)
    {
        var decided = _run.Path("decided.csv");
        DecidedSheet.Csv(await SheetAsync(), decided, (i, row) =>
        {
            Keep(i, row);
            decide(i, row);
        });
        return await Cli.Run(["review", "import", decided, "-f", Grafana, "--out", _run.Path("out"), .. flags]);
    }

    private async Task<string> ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", [script]) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(script) })!;
        var said = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        return said;
    }
}
