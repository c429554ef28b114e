using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class SinceTests
{
    private const string First = "3MVN1hcHANR2zv3RdqrpMENY6kQ";

    private static readonly string TwoSyncs = Fixtures.PathOf(Fixtures.TwoSyncs);

    [Theory]
    [InlineData("grants", "org:1:Viewer:user:5 org:2:Admin:user:5 org:2:Editor:user:3")]
    [InlineData("resources", "user:5")]
    [InlineData("principals", "user:3 user:5")]
    [InlineData("entitlements", "")]
    public async Task Since_EarlierSync_ListsWhatItDidNotHold(string command, string expected)
    {
        foreach (var since in new[] { First, "2026-11-23T10:59:22Z", "0d" })
        {
            var result = await Cli.Run(command, "-f", TwoSyncs, "--since", since, "-o", "csv", "--columns", command is "grants" or "entitlements" ? "id" : "type,id", "--no-header");

            Assert.Equal(expected, string.Join(' ', result.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)).Replace(',', ':'));
        }
    }

    [Fact]
    public async Task Since_NoSyncByThen_SaysWhichThereIs()
        => Assert.Equal(
            $"Error: --since: {TwoSyncs} holds no full sync that ended by 2026-11-01T00:00:00Z; the earliest ended 2026-11-23T10:59:21Z",
            (await Cli.Run("grants", "-f", TwoSyncs, "--since", "2026-11-01")).Failed(BatonExitCode.NoSync));

    [Fact]
    public async Task Since_TheSyncItself_IsRefused()
        => Assert.Contains("is not a finished full sync before", (await Cli.Run("grants", "-f", TwoSyncs, "--since", First, "--sync-id", First)).Failed(BatonExitCode.NoSync), StringComparison.Ordinal);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("99999999999d")]
    [InlineData("2026-13-01")]
    public async Task Since_NoTime_IsAUsageError(string since)
        => Assert.Contains($"--since \"{since}\" is no time", (await Cli.Run("grants", "-f", TwoSyncs, $"--since={since}")).Failed(), StringComparison.Ordinal);
}
