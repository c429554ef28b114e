using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class DiffDamageTests
{
    [Theory]
    [InlineData("v1_resources", "resources", "")]
    [InlineData("v1_grants", "grants", "")]
    [InlineData("v1_grants", "grants", "--format=upstream")]
    [InlineData("v1_entitlements", "entitlements", "-o=html")]
    public async Task Differences_IdThatIsNoText_AreOneClearLine(string table, string name, string flag)
    {
        using var file = FeatureFile.Create();
        Damage.Change(file.Path, $"UPDATE {table} SET external_id = CAST(x'61FF' || external_id AS TEXT) WHERE rowid = (SELECT max(rowid) FROM {table} WHERE sync_id IN (SELECT sync_id FROM v1_sync_runs WHERE ended_at IS NOT NULL))");

        var message = (await Cli.Run(["diff", "-f", file.Path, "-q", .. flag.Length > 0 ? [flag] : Array.Empty<string>()])).Failed(BatonExitCode.BadFile);

        Assert.Contains($"cannot be compared: an id among its {name} is not valid UTF-8 (\"a\uFFFD", message, StringComparison.Ordinal);
    }
}
