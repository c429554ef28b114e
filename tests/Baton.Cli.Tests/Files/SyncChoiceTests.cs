using Baton.C1z.Syncs;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Files;

public sealed class SyncChoiceTests
{
    private static readonly string[] Commands = ["resource-types", "resources", "entitlements", "grants", "principals", "stats"];

    [Fact]
    public async Task Choice_PartialAndUnfinishedSyncsAreNewer_ShowsTheFullOneAndSaysSo()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, Write("old"));
        var full = file.AddSync(SyncType.Full, Write("full"));
        var partial = file.AddSync(SyncType.Partial, Write("partial"));

        var finished = await List(file);
        var unfinished = file.AddSync(SyncType.Full, Write("unfinished"), finish: false);
        var result = await List(file);

        Assert.Equal("full", Shown(finished));
        Assert.Equal(
            $"Warning: partial sync {partial}, started 2026-11-23T11:00:00Z is newer and not shown: it does not cover everything. "
            + $"Shown is {full}, started 2026-11-23T10:00:00Z\n",
            finished.Error);
        Assert.Equal("full", Shown(result));
        Assert.StartsWith($"Warning: unfinished full sync {unfinished}, ", result.Error, StringComparison.Ordinal);
        Assert.Equal("full", Shown((await List(file, "--quiet")).Succeeded()));
    }

    [Fact]
    public async Task Choice_SyncsBeforeTheFullOne_AreNotMentioned()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Partial, Write("partial"));
        file.AddSync(SyncType.Full, Write("unfinished"), finish: false);
        file.AddSync(SyncType.Full, Write("full"));

        Assert.Equal("full", Shown((await List(file)).Succeeded()));
    }

    [Fact]
    public async Task Choice_OnlyPartialSyncs_IsAnError()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Partial, Write("partial"));
        var id = file.AddSync(SyncType.ResourcesOnly, Write("resources"));

        foreach (var command in Commands)
        {
            Assert.Equal(
                $"Error: {file.Path} holds no finished full sync (the newest is resources_only sync {id}, started 2026-11-23T10:00:00Z); --sync-id shows another",
                (await Cli.Run(command, "-f", file.Path)).Failed(BatonExitCode.NoSync));
        }

        Assert.Equal("resources", Shown((await List(file, "--sync-id", id)).Succeeded()));
    }

    [Fact]
    public async Task Choice_OnlyUnfinishedSyncs_ShowsTheLatestWhenAsked()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, Write("older"), finish: false);
        var id = file.AddSync(SyncType.Full, Write("newer"), finish: false);

        var refused = await List(file);
        var allowed = await List(file, "--allow-unfinished");

        Assert.EndsWith("; --allow-unfinished shows the latest unfinished one, --sync-id any other", refused.Failed(BatonExitCode.NoSync), StringComparison.Ordinal);
        Assert.Equal("newer", Shown(allowed));
        Assert.Equal((0, $"Warning: sync {id} is unfinished; what it holds may be incomplete\n"), (allowed.ExitCode, allowed.Error));
    }

    [Fact]
    public async Task Choice_SyncIdGiven_ShowsThatOne()
    {
        using var file = new TemporaryFile();
        file.AddSync(SyncType.Full, Write("full"));
        var partial = file.AddSync(SyncType.Partial, Write("partial"));
        var unfinished = file.AddSync(SyncType.Full, Write("unfinished"), finish: false);

        Assert.Equal("partial", Shown((await List(file, "--sync-id", partial)).Succeeded()));
        Assert.Equal(
            $"Error: sync {unfinished} is unfinished: what it holds may be incomplete; --allow-unfinished shows it",
            (await List(file, "--sync-id", unfinished)).Failed(BatonExitCode.NoSync));
        Assert.Equal("unfinished", Shown(await List(file, "--sync-id", unfinished, "--allow-unfinished")));
    }

    [Fact]
    public async Task Choice_SyncIdUnknown_ListsThoseThereAre()
    {
        using var file = new TemporaryFile();
        var first = file.AddSync(SyncType.Full, Write("full"));
        var second = file.AddSync(SyncType.Full, Write("full"));

        foreach (var command in Commands)
        {
            var error = (await Cli.Run(command, "-f", file.Path, "--sync-id", "nothing")).Failed(BatonExitCode.NoSync);

            Assert.Equal($"Error: {file.Path} holds no sync \"nothing\"; it has {second}, {first}", error);
        }
    }

    [Fact]
    public async Task Choice_NoSync_IsAnError()
    {
        using var file = TemporaryFile.WithoutSyncs();

        Assert.Equal($"Error: {file.Path} holds no sync; run the connector to write one", (await List(file)).Failed(BatonExitCode.NoSync));
    }

    private static Action<C1z.Writing.SyncWriter> Write(string name) => sync => sync.Put([TemporaryFile.User("1", name)]);

    private static Task<CliResult> List(TemporaryFile file, params string[] flags) => Cli.Run(["resources", "-f", file.Path, "-o", "json", .. flags]);

    private static string? Shown(CliResult result) => (string?)result.Json["resources"]![0]!["resource"]!["displayName"];
}
