using System.Diagnostics;

namespace Baton.EndToEnd.Tests;

/// <summary>An output that cannot be written, or holds something else.</summary>
public sealed class OutputFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sync_FolderIsMissing_IsFoundBeforeGrafanaIsAsked()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        (await Connector.RunAsync(workspace, "--file", Path.Combine(workspace.OutputFolder, "missing", "sync.c1z"))).Failed(2, "does not exist");

        Assert.Empty(grafana.Requests.All);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_OutputIsAFolder()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        (await Connector.RunAsync(workspace, "--file", workspace.OutputFolder)).Failed(2, "it is a folder");

        Assert.Empty(grafana.Requests.All);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_FolderIsReadOnly()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var before = await workspace.SyncedBeforeAsync(grafana);
        File.SetUnixFileMode(workspace.OutputFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            // Permissions do not bind root.
            await using var connector = Connector.StartIn(workspace, await AsNobodyAsync(workspace), ["--file", workspace.File]);
            (await connector.EndAsync()).Failed(2, "cannot write");

            Assert.Empty(grafana.Requests.All);
            Assert.Equal(before, await workspace.BytesAsync());
        }
        finally
        {
            File.SetUnixFileMode(workspace.OutputFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        workspace.HoldsOnly("sync.c1z");
    }

    [Theory]
    [InlineData(40)] // while rows are written
    [InlineData(4)]
    public async Task Sync_FileMayNotGrowThatLarge_IsAFullDiskInWords(int kibibytes)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Populate(users: 2000);
        using var workspace = new Workspace(grafana) { Variables = { ["DOTNET_EnableWriteXorExecute"] = "0" } };
        var before = await workspace.SyncedBeforeAsync(grafana);
        grafana.Populate(users: 4000);

        // The limit answers as a full disk does, when its signal is ignored.
        await using var connector = Connector.StartIn(
            workspace, ["bash", "-c", $"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"", "limited"], ["--file", workspace.File]);
        (await connector.EndAsync()).Failed(2, "");

        Assert.Equal(before, await workspace.BytesAsync());
        workspace.HoldsOnly("sync.c1z");
    }

    [Theory]
    [InlineData("out", "No space left on device")]
    [InlineData("tmp", "disk is full")]
    public async Task Sync_DiskIsFull_KeepsTheFile(string folder, string why)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var disk = Path.Combine(workspace.Root, folder);
        await RunOrSkipAsync("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk);
        try
        {
            var before = await workspace.SyncedBeforeAsync(grafana);
            grafana.Populate(users: 20_000);

            (await workspace.SyncAsync()).Failed(2, why);

            Assert.Equal(before, await workspace.BytesAsync());
            workspace.HoldsOnly("sync.c1z");
        }
        finally
        {
            await RunOrSkipAsync("umount", disk);
        }
    }

    [Theory]
    [InlineData("notes.txt, renamed\n", "is not a .c1z file")]
    [InlineData("C1Z3\0 and more of it", "is a v3 (pebble) .c1z file")]
    [InlineData("C1ZF\0", "damaged")]
    public async Task Sync_OutputIsSomethingElse_IsLeftAlone(string content, string why)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        await File.WriteAllTextAsync(workspace.File, content, Cancellation);
        var before = await workspace.BytesAsync();

        (await workspace.SyncAsync()).Failed(2, why);

        Assert.Empty(grafana.Requests.All);
        Assert.Equal(before, await workspace.BytesAsync());
        workspace.HoldsOnly("sync.c1z");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task Sync_OutputIsCutShort_IsLeftAlone(double kept)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var whole = await workspace.SyncedBeforeAsync(grafana);
        var cut = whole[..(int)(whole.Length * kept)];
        await File.WriteAllBytesAsync(workspace.File, cut, Cancellation);

        (await workspace.SyncAsync()).Failed(2, "damaged");

        Assert.Empty(grafana.Requests.All);
        Assert.Equal(cut, await workspace.BytesAsync());
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Sync_OutputIsEmpty_IsStarted()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        await File.WriteAllBytesAsync(workspace.File, [], Cancellation);

        (await workspace.SyncAsync()).Succeeded();

        Assert.Equal(1, workspace.Read(rows => rows.CountResources("user")));
    }

    [Fact]
    public async Task Sync_TwoProcessesOnOneFile_TheSecondIsRefusedAndTheFirstEndsWell()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        grafana.Faults.On("GET", "^/api/users/search").Once().RunAsync(async (_, cancelled) =>
        {
            arrived.SetResult();
            await goOn.Task.WaitAsync(cancelled);
        });
        await using var first = Connector.Start(workspace, "--file", workspace.File);
        await arrived.Task.WaitAsync(Cancellation);

        // The second has a server of its own: the first may be asking it for more all the while.
        await using var untouched = await Workspace.StartGrafanaAsync();
        (await workspace.SyncAsync("--hostname", untouched.BaseAddress.ToString())).Failed(2, "another process is writing it");

        Assert.Empty(untouched.Requests.All);
        goOn.SetResult();
        (await first.EndAsync()).Succeeded();
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Sync_OutputIsADevice_IsNotReplaced()
    {
        // A name that is none there, in case that it is written to after all.
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        (await Connector.RunAsync(workspace, "--file", "/dev/baton-e2e.c1z")).Failed(2, "it is a device, not a file");

        Assert.Empty(grafana.Requests.All);
        Assert.False(File.Exists("/dev/baton-e2e.c1z"));
    }

    [Fact]
    public async Task Sync_OutputIsALink_WritesWhereItLeads()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var real = Path.Combine(workspace.Root, "real.c1z");
        File.CreateSymbolicLink(workspace.File, real);

        (await workspace.SyncAsync()).Succeeded();

        Assert.Equal(real, new FileInfo(workspace.File).LinkTarget);
        Assert.Equal(await File.ReadAllBytesAsync(real, Cancellation), await workspace.BytesAsync());
    }

    private static async Task<string[]> AsNobodyAsync(Workspace workspace)
    {
        if (Environment.UserName != "root")
        {
            return [];
        }

        const UnixFileMode everybody = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(workspace.Root, everybody);
        File.SetUnixFileMode(workspace.Temporary, everybody);
        File.SetUnixFileMode(workspace.OutputFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(workspace.Folder, everybody);
        await RunOrSkipAsync("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "test", "-r", Connector.Command[^1]);
        return ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
    }

    private static async Task RunOrSkipAsync(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            Assert.SkipUnless(process.ExitCode == 0, $"{program} is not allowed here: {error.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            Assert.Skip($"{program} is not there: {absent.Message}");
        }
    }
}
