using System.Diagnostics;
using System.Text.Json;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>The plug is pulled in the middle of a change, and the command is given again; and two are given at once.</summary>
public sealed class OneShotKillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Grant_KilledAtEachRequest_IsRightAfterARepetition(bool isCarriedOut)
    {
        for (var request = 1; ; request++)
        {
            await using var grafana = await Workspace.StartGrafanaAsync();
            using var workspace = new Workspace(grafana);
            var ada = grafana.AddUser("ada");
            grafana.AddMember(1, ada, GrafanaRole.Viewer);
            var team = grafana.AddTeam(1, "sre");
            grafana.AddTeamMember(team, ada);
            await workspace.SyncedBeforeAsync(grafana);
            string[] command = ["--file", workspace.File, "--grant-entitlement", "org:1:Editor", "--grant-principal", $"{ada}", "--grant-principal-type", "user", "-p"];

            var wasKilled = await KilledAtAsync(grafana, workspace, request, isCarriedOut, command);
            Assert.NotNull(grafana.RoleOf(1, ada));
            var repeated = await Connector.RunAsync(workspace, command);

            Assert.True(repeated.ExitCode == 0, $"killed at request {request}: {repeated.Error}");
            Assert.Equal(GrafanaRole.Editor, grafana.RoleOf(1, ada));
            Assert.Contains(ada, grafana.TeamMembers(team).Keys);
            Assert.All(grafana.Requests.Writes, write => Assert.StartsWith("PATCH ", write, StringComparison.Ordinal));
            if (!wasKilled)
            {
                Assert.True(request > 4, $"only {request - 1} requests were cut off");
                return;
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_KilledAtEachRequest_MakesOneAccountAndResetsNoPassword(bool isCarriedOut)
    {
        for (var request = 1; ; request++)
        {
            await using var grafana = await Workspace.StartGrafanaAsync();
            using var workspace = new Workspace(grafana);
            string[] command = ["--create-account-email", "ada@example.com", "--create-account-login", "ada", "-p"];

            var wasKilled = await KilledAtAsync(grafana, workspace, request, isCarriedOut, command);
            var repeated = await Connector.RunAsync(workspace, command);

            Assert.True(repeated.ExitCode == 0, $"killed at request {request}: {repeated.Error}");
            Assert.NotNull(grafana.FindUser("ada"));
            Assert.True(grafana.Requests.Writes.Count <= 2, string.Join('\n', grafana.Requests.Lines));
            Assert.All(grafana.Requests.Writes, write => Assert.Equal("POST /api/admin/users", write));
            Assert.Null(grafana.FindUser("ada@example.com"));
            if (!wasKilled)
            {
                Assert.True(request > 4, $"only {request - 1} requests were cut off");
                return;
            }
        }
    }

    [Fact]
    public async Task Grant_TwoProcessesAtOnce_EndInOneOfTheRolesAndSayTheTruth()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var ada = grafana.AddUser("ada");
        grafana.AddMember(1, ada, GrafanaRole.Viewer);
        await workspace.SyncedBeforeAsync(grafana);
        var (waiting, both) = (0, new TaskCompletionSource());
        grafana.Faults.On("PATCH", "/users/").RunAsync(async (_, token) =>
        {
            if (Interlocked.Increment(ref waiting) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(token);
        });

        var ended = await Task.WhenAll(GrantAsync("Editor"), GrantAsync("Admin"));

        var now = grafana.RoleOf(1, ada);
        Assert.True(now is GrafanaRole.Editor or GrafanaRole.Admin, $"{now}");
        var (winner, loser) = now == GrafanaRole.Editor ? (ended[0], ended[1]) : (ended[1], ended[0]);
        Assert.Equal(0, winner.ExitCode);

        // The other either saw its own role before it was replaced, or says that it is not there.
        var result = JsonDocument.Parse(loser.Output).RootElement;
        Assert.True(loser.ExitCode == 0 || (loser.ExitCode == 10 && result.GetProperty("summary").GetString()!.Contains($"is {now}", StringComparison.Ordinal)), loser.Output);

        Task<Ended> GrantAsync(string role) => Connector.RunAsync(
            workspace, "--file", workspace.File, "--grant-entitlement", $"org:1:{role}", "--grant-principal", $"{ada}", "--grant-principal-type", "user", "-p");
    }

    [Fact]
    public async Task Crash_LeavesNoCoreFileAndNoArgumentIsSecret()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && await File.ReadAllTextAsync("/proc/sys/kernel/core_pattern", Cancellation) is "core\n", "core files go elsewhere here");
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var arrived = new TaskCompletionSource();
        grafana.Faults.On("GET", "^/api/user$").Run(_ => arrived.TrySetResult());
        grafana.Faults.On("GET", "^/api/user$").Hang();
        var words = string.Join(' ', Connector.Command.Append("--file").Append(workspace.File).Select(word => $"'{word}'"));
        await using var connector = Connector.StartAny(workspace, "sh", "-c", $"ulimit -c unlimited; exec {words}");
        await arrived.Task.WaitAsync(Cancellation);

        var arguments = await File.ReadAllTextAsync($"/proc/{connector.ProcessId}/cmdline", Cancellation);
        Assert.Contains(workspace.File, arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(Workspace.Password, arguments, StringComparison.Ordinal);
        await connector.SignalAsync("QUIT");
        await connector.SignalAsync("SEGV");
        await connector.EndAsync();

        Assert.DoesNotContain(Directory.EnumerateFiles(workspace.Folder), file => Path.GetFileName(file).StartsWith("core", StringComparison.Ordinal));
    }

    /// <summary>Kills the process when its nth request arrives, which is then carried out all the same or not at all. False when there were fewer.</summary>
    private static async Task<bool> KilledAtAsync(FakeGrafana grafana, Workspace workspace, int request, bool isCarriedOut, string[] command)
    {
        grafana.Requests.Clear();
        var started = new TaskCompletionSource<Connector>();
        var killed = false;
        grafana.Faults.OnAny().Nth(request).RunAsync(async (_, _) =>
        {
            using var process = Process.GetProcessById((await started.Task).ProcessId);
            killed = true;
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        });
        if (!isCarriedOut)
        {
            grafana.Faults.OnAny().Nth(request).Reset();
        }

        await using var connector = Connector.Start(workspace, command);
        started.SetResult(connector);
        await connector.EndAsync();
        grafana.Faults.Clear();
        return killed;
    }
}
