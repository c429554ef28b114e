using Baton.C1z.Syncs;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class CheckCommandTests
{
    [Fact]
    public async Task Json_GoodFile_IsOkAndSaysWhatItIs()
    {
        var path = Fixtures.PathOf(Fixtures.TwoSyncs);

        var result = await Cli.Run("check", "-f", path, "-o", "json");

        var document = result.Succeeded().Json;
        Assert.Equal(("ok", "[]"), ((string?)document["verdict"], document["findings"]!.ToJsonString()));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))), (string?)document["sha256"]);
        Assert.Equal("3MVN1y9ti91A4fOHQdUwvF1wceR", (string?)document["sync"]!["id"]);
        Assert.Equal(8, (int?)document["counts"]!["grants"]);
    }

    [Fact]
    public async Task Table_DoubtfulFile_CountsWhatIsWrong()
    {
        using var file = FeatureFile.Create();

        var result = await Cli.Run("check", "-f", file.Path);
        var strict = await Cli.Run("check", "-f", file.Path, "--strict");

        Assert.Equal(
            [
                "Warning  1 grants name an entitlement that the sync does not hold",
                "Warning  1 grants are on a resource that the sync does not hold",
                "Warning  1 grants are to somebody whom the sync does not hold",
                "Warning  1 accounts carry no user trait: nothing is known of their addresses",
                "Warning  1 accounts are neither enabled nor disabled",
                "Warning  1 accounts have two statuses that disagree; the resource's own counts",
                "Verdict  warn",
            ],
            result.Succeeded().Lines[^7..]);
        Assert.StartsWith("Warning  unfinished full sync ", result.Lines[^8], StringComparison.Ordinal);
        Assert.Equal(5, strict.ExitCode);
    }

    [Fact]
    public async Task Check_NoUsableSync_Fails()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, _ => { }, finish: false);

        var result = await Cli.Run("check", "-f", file.Path, "-o", "json");

        Assert.Equal((5, "", "fail"), (result.ExitCode, result.Error, (string?)result.Json["verdict"]));
    }

    [Fact]
    public async Task MaxAge_OldSync_Fails()
    {
        var old = await Cli.Run("check", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "--max-age", "2d");
        var young = await Cli.Run("check", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "--max-age", "49h");
        var wrong = await Cli.Run("check", "-f", Fixtures.PathOf(Fixtures.TwoSyncs), "--max-age", "soon");

        Assert.Equal(5, old.ExitCode);
        Assert.Contains("FAIL     the sync started 2026-11-23T10:59:23Z, 2.0 days ago", old.Output, StringComparison.Ordinal);
        Assert.Equal(0, young.ExitCode);
        Assert.Contains("is not a length of time", wrong.Failed(), StringComparison.Ordinal);
    }
}
