using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>Ctrl-C, a pod that is stopped, a process that is killed.</summary>
public sealed class InterruptionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT", "^/api/user$")]
    [InlineData("TERM", "^/api/user$")]
    [InlineData("INT", "^/api/users/search")]
    [InlineData("TERM", "^/api/users/search")]
    [InlineData("INT", "^/api/orgs/1/users")]
    [InlineData("TERM", "^/api/orgs/1/users")]
    public async Task Signal_InTheMiddle_EndsInOrderAndKeepsTheFile(string signal, string path)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var before = await workspace.SyncedBeforeAsync(grafana);

        var ended = await InterruptAsync(grafana, workspace, path, signal);

        ended.Failed(1, "interrupted");
        Assert.Equal(before, await workspace.BytesAsync());
        Assert.DoesNotContain(Workspace.Password, ended.Error, StringComparison.Ordinal);

        // Progress is kept once there is any, and the next run goes on with it.
        File.Delete($"{workspace.File}.partial");
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Signal_WhileWaitingToTryAgain_EndsAtOnce()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        grafana.Faults.OnAny().RateLimit(retryAfterSeconds: 3600);
        await using var connector = Connector.Start(workspace, "--file", workspace.File, "--log-path", Path.Combine(workspace.Root, "log"));
        await LineAsync(Path.Combine(workspace.Root, "log"), "retrying operation");

        await connector.SignalAsync("TERM");

        (await connector.EndAsync()).Failed(1, "interrupted");
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Signal_ThenAgain_GoesOnFromThere()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Populate(users: 100);
        using var workspace = new Workspace(grafana) { Variables = { ["BATON_SYNC_RESOURCE_TYPES"] = "user,org" } };
        (await InterruptAsync(grafana, workspace, "^/api/orgs/1/users", "TERM")).Failed(1, "interrupted");
        workspace.HoldsOnly("sync.c1z.partial");
        grafana.Requests.Clear();

        var ended = (await workspace.SyncAsync()).Succeeded();

        Assert.Contains("resumed previous sync", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(grafana.Requests.Lines, line => line.StartsWith("GET /api/users/search", StringComparison.Ordinal));
        Assert.Equal((100L, 100), workspace.Read(rows => (rows.CountResources("user"), rows.Grants().Count())));
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Kill_InTheMiddle_KeepsTheFileAndTheNextRunCleansUp()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var before = await workspace.SyncedBeforeAsync(grafana);

        var ended = await InterruptAsync(grafana, workspace, "^/api/orgs/1/users", "KILL");

        Assert.Equal(128 + 9, ended.ExitCode);
        Assert.Equal(before, await workspace.BytesAsync());
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(workspace.Temporary));

        (await workspace.SyncAsync()).Succeeded();
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Kill_WhileSaving_LeavesTheOldFileOrTheNewOne()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var before = await workspace.SyncedBeforeAsync(grafana);
        grafana.Populate(users: 8000);
        var duringSave = 0;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var watcher = new FileSystemWatcher(workspace.OutputFolder, "*.tmp") { NotifyFilter = NotifyFilters.Size | NotifyFilters.LastWrite };
            var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            watcher.Changed += (_, _) =>
            {
                if (File.Exists($"{workspace.File}.tmp") && new FileInfo($"{workspace.File}.tmp").Length > 0)
                {
                    written.TrySetResult();
                }
            };
            watcher.EnableRaisingEvents = true;
            await using var connector = Connector.Start(workspace, "--file", workspace.File);
            var end = connector.EndAsync();
            await Task.WhenAny(written.Task, end);
            await connector.SignalAsync("KILL");
            await end;

            // Whenever it hit, the file is one of the two, whole.
            var after = await workspace.BytesAsync();
            if (before.SequenceEqual(after))
            {
                duringSave++;
            }
            else
            {
                Assert.Equal(8000, workspace.Read(rows => rows.CountResources("user")));
                before = after;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"killed while saving: {duringSave} of 3");
        (await workspace.SyncAsync()).Succeeded();
        Assert.Equal(8000, workspace.Read(rows => rows.CountResources("user")));
        workspace.HoldsOnly("sync.c1z");
    }

    private static async Task<Ended> InterruptAsync(FakeGrafana grafana, Workspace workspace, string path, string signal)
    {
        var arrived = new TaskCompletionSource();
        var run = grafana.Faults.On("GET", path).Once().Run(_ => arrived.SetResult());
        var hang = grafana.Faults.On("GET", path).Hang();
        await using var connector = Connector.Start(workspace, "--file", workspace.File);
        await arrived.Task.WaitAsync(Cancellation);
        await connector.SignalAsync(signal);
        var ended = await connector.EndAsync();
        run.Remove();
        hang.Remove();
        return ended;
    }

    private static async Task LineAsync(string path, string text)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Changed += (_, _) => Look();
        watcher.Created += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await seen.Task.WaitAsync(Cancellation);

        void Look()
        {
            if (File.Exists(path))
            {
                using var log = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
                if (log.ReadToEnd().Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
