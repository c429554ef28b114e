using Baton.C1z;
using Baton.C1z.Reading;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>Operations on files of earlier syncs: Grafana is not there any more, and neither is a credential.</summary>
public sealed class SyncFileTests
{
    [Fact]
    public async Task Diff_ThenCompact_IsTheLaterSync()
    {
        using var workspace = new Workspace();
        var (from, to) = await SyncedTwiceAsync(workspace);

        var diff = (await workspace.SyncAsync("--diff-syncs", "--base-sync-id", from, "--applied-sync-id", to)).Succeeded();

        var difference = Sync(diff);
        Assert.Contains(diff.Log, line => line.Text("msg") == "generated diff of syncs" && line.Text("new_sync_id") == difference);
        var before = await workspace.BytesAsync();

        var compact = (await CompactAsync(workspace, workspace.OutputFolder, [from, difference])).Succeeded();

        var merged = Path.Combine(workspace.OutputFolder, $"compacted-{Sync(compact)}.c1z");
        Assert.Equal(merged, compact.Result.GetProperty("response").Text("file_path"));
        Assert.Contains(compact.Log, line => line.Text("msg") == "compacted file" && line.Text("file_path") == merged);
        Assert.Equal(before, await workspace.BytesAsync());
        workspace.HoldsOnly("sync.c1z", Path.GetFileName(merged));
        Assert.Equal(Contents(workspace.File, to), Contents(merged, Sync(compact)));

        // It is a file as any other: the next difference is to it.
        var again = (await CompactAsync(workspace, Path.Combine(workspace.OutputFolder, "again.c1z"), [Sync(compact), to], merged, workspace.File)).Succeeded();
        Assert.Equal(Contents(merged, Sync(compact)), Contents(Path.Combine(workspace.OutputFolder, "again.c1z"), Sync(again)));
    }

    [Fact]
    public async Task Diff_SettingsOfTheConnectorAreWrong_MattersToNobody()
    {
        using var workspace = new Workspace
        {
            Variables = { ["BATON_PASSWORD_FILE"] = "/not/there", ["BATON_HOSTNAME"] = "not a host" },
        };

        // What is at fault is the file, and nothing else is asked about.
        (await workspace.SyncAsync("--diff-syncs", "--base-sync-id", "a", "--applied-sync-id", "b")).FailedWithResult(9);

        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Compact_ListsFromTheEnvironment_AreTaken()
    {
        using var workspace = new Workspace();
        var (from, to) = await SyncedTwiceAsync(workspace);
        workspace.Variables["BATON_COMPACT_SYNCS"] = "true";
        workspace.Variables["BATON_COMPACT_FILE_PATHS"] = $"{workspace.File},{workspace.File}";
        workspace.Variables["BATON_COMPACT_SYNC_IDS"] = $"{from},{to}";
        workspace.Variables["BATON_COMPACT_OUTPUT_PATH"] = Path.Combine(workspace.OutputFolder, "merged.c1z");

        (await Connector.RunAsync(workspace)).Succeeded();

        workspace.HoldsOnly("merged.c1z", "sync.c1z");
    }

    [Theory]
    [InlineData(40)] // while rows are merged
    [InlineData(4)]
    public async Task Compact_FileMayNotGrowThatLarge_LeavesNothing(int kibibytes)
    {
        using var workspace = new Workspace { Variables = { ["DOTNET_EnableWriteXorExecute"] = "0" } };
        var (from, to) = await SyncedTwiceAsync(workspace, users: 2000);
        var before = await workspace.BytesAsync();

        // The limit answers as a full disk does, when its signal is ignored.
        await using var connector = Connector.StartIn(
            workspace,
            ["bash", "-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"", "limited"],
            Words(workspace.OutputFolder, [from, to], [workspace.File, workspace.File]));
        (await connector.EndAsync()).FailedWithResult(2);

        Assert.Equal(before, await workspace.BytesAsync());
        workspace.HoldsOnly("sync.c1z");
    }

    /// <summary>Two syncs of one Grafana, to which somebody came in between. It is gone when they are done.</summary>
    private static async Task<(string From, string To)> SyncedTwiceAsync(Workspace workspace, int users = 5)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Populate(users);
        string[] credential = ["--hostname", grafana.BaseAddress.ToString(), "--username", "admin", "--password", Workspace.Password];
        (await workspace.SyncAsync(credential)).Succeeded();
        grafana.AddMember(1, grafana.AddUser("ada"), GrafanaRole.Editor);
        (await workspace.SyncAsync(credential)).Succeeded();
        using var file = workspace.Open();
        return (file.Syncs.All()[0].Id, file.Syncs.All()[1].Id);
    }

    private static Task<Ended> CompactAsync(Workspace workspace, string output, string[] ids, params string[] files)
        => Connector.RunAsync(workspace, Words(output, ids, files.Length > 0 ? files : [.. ids.Select(_ => workspace.File)]));

    private static string[] Words(string output, string[] ids, string[] files)
        => ["--compact-syncs", "--compact-file-paths", string.Join(',', files), "--compact-sync-ids", string.Join(',', ids), "--compact-output-path", output];

    private static string Sync(Ended ended) => ended.Result.GetProperty("response").Text("sync_id");

    private static string Contents(string path, string syncId)
    {
        using var file = C1zFile.OpenRead(path);
        SyncReader reader = file.Read(file.Syncs.Find(syncId)!);
        return string.Join('\n',
        [
            .. reader.ResourceTypes().Select(type => $"{type}").Order(StringComparer.Ordinal),
            .. reader.Resources().Select(resource => $"{resource}").Order(StringComparer.Ordinal),
            .. reader.Entitlements().Select(entitlement => $"{entitlement}").Order(StringComparer.Ordinal),
            .. reader.GrantsWithExpansion().Select(row => $"{row.Grant} {row.Expansion}").Order(StringComparer.Ordinal),
        ]);
    }
}
