using Baton.C1z.Syncs;

namespace Baton.Cli.Tests.Reading;

public sealed class SyncChoiceTests
{
    [Fact]
    public async Task Choice_PartialSyncIsNewer_ShowsTheFullOne()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, Write("old"));
        file.AddSync(SyncType.Full, Write("full"));
        file.AddSync(SyncType.Partial, Write("partial"));
        file.AddSync(SyncType.Full, Write("unfinished"), finish: false);

        Assert.Equal("full", Shown((await List(file)).Succeeded()));
    }

    [Fact]
    public async Task Choice_NoFullSync_ShowsTheLatestFinishedOneAndSaysSo()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Partial, Write("partial"));
        var id = file.AddSync(SyncType.ResourcesOnly, Write("resources"));

        var result = await List(file);

        Assert.Equal("resources", Shown(result));
        Assert.Equal(
            $"Warning: {file.Path} holds no finished full sync; this is sync {id}, which is resources_only and covers only a part\n", result.Error);
    }

    [Fact]
    public async Task Choice_OnlyUnfinishedSyncs_ShowsTheLatestHoweverOldAndWarns()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, Write("older"), finish: false);
        var id = file.AddSync(SyncType.Partial, Write("newer"), finish: false);

        var result = await List(file);

        Assert.Equal("newer", Shown(result));
        Assert.Equal($"Warning: sync {id} is unfinished; what it holds may be incomplete\n", result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Choice_SyncIdGiven_ShowsThatOne()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, Write("full"));
        var partial = file.AddSync(SyncType.Partial, Write("partial"));
        var unfinished = file.AddSync(SyncType.Full, Write("unfinished"), finish: false);

        Assert.Equal("partial", Shown((await List(file, "--sync-id", partial)).Succeeded()));
        Assert.Equal($"Warning: sync {unfinished} is unfinished; what it holds may be incomplete\n", (await List(file, "--sync-id", unfinished)).Error);
    }

    [Fact]
    public async Task Choice_SyncIdUnknown_PointsToSyncs()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, Write("full"));

        foreach (var command in new[] { "resource-types", "resources", "entitlements", "grants", "principals", "stats" })
        {
            var error = (await Cli.Run(command, "-f", file.Path, "--sync-id", "nothing")).Failed();

            Assert.Equal($"Error: {file.Path} holds no sync \"nothing\"; \"baton syncs -f {file.Path}\" lists the syncs that it holds", error);
        }
    }

    [Fact]
    public async Task Choice_NoSync_IsAnError()
    {
        using var file = TemporaryFile.WithoutSyncs();

        Assert.Equal($"Error: {file.Path} holds no sync; run the connector to write one", (await List(file)).Failed());
    }

    private static Action<C1z.Writing.SyncWriter> Write(string name) => sync => sync.Put([TemporaryFile.User("1", name)]);

    private static Task<CliResult> List(TemporaryFile file, params string[] flags) => Cli.Run(["resources", "-f", file.Path, "-o", "json", .. flags]);

    private static string? Shown(CliResult result) => (string?)result.Json["resources"]![0]!["resource"]!["displayName"];
}
