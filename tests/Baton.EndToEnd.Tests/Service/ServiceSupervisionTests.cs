using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.Hosting;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>What a supervisor of <c>Type=notify</c> is told.</summary>
public sealed class ServiceSupervisionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Service_FromStartToStop_TellsItsSupervisor(bool isAbstract)
    {
        await using var rig = await ServiceRig.StartAsync();
        using var supervisor = Supervise(rig, isAbstract);
        var connector = rig.Run("--shutdown-timeout", "600");

        await supervisor.WaitForAsync("READY=1", Cancellation);
        Assert.Equal("STATUS=Connected to the platform, waiting for tasks", await supervisor.WaitForAsync("STATUS=Connected", Cancellation));
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        Assert.Equal("STATUS=Connected to the platform, working on 1 task", await supervisor.WaitForAsync("STATUS=", Cancellation));
        await connector.SignalAsync("TERM");
        await supervisor.WaitForAsync("STOPPING=1", Cancellation);
        await supervisor.WaitForAsync("EXTEND_TIMEOUT_USEC=615000000", Cancellation);
        var ended = await connector.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("STATUS=Connecting to the platform", supervisor.Seen[0]);
        Assert.Single(supervisor.Seen, "READY=1");
        Assert.DoesNotContain(supervisor.Seen, line => line.StartsWith("WATCHDOG", StringComparison.Ordinal));
        rig.SaidNoSecret(ended);
    }

    [Fact]
    public async Task Service_PlatformAway_IsReadyAndSaysWhatItWaitsFor()
    {
        await using var rig = await ServiceRig.StartAsync();
        using var supervisor = Supervise(rig);
        rig.Platform.Faults.On(CallKind.Token).Once().Respond(503);
        rig.Run();

        await supervisor.WaitForAsync("READY=1", Cancellation);
        var waiting = await supervisor.WaitForAsync("STATUS=", Cancellation);
        await supervisor.WaitForAsync("STATUS=Connected to the platform", Cancellation);

        Assert.StartsWith("STATUS=Waiting for the platform: failed to get token: 503", waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_PlatformRefusesIt_IsNeverReady()
    {
        await using var rig = await ServiceRig.StartAsync();
        using var supervisor = Supervise(rig);
        rig.Platform.Faults.On(CallKind.Token).Respond(401);

        (await rig.Run().EndAsync()).Failed(16, "failed to get token");

        await supervisor.WaitForAsync("STATUS=Connecting", Cancellation);
        Assert.DoesNotContain("READY=1", supervisor.Seen);
    }

    [Fact]
    public async Task Service_Watchdog_IsServed()
    {
        await using var rig = await ServiceRig.StartAsync();
        using var supervisor = Supervise(rig);
        rig.Workspace.Variables["WATCHDOG_USEC"] = "200000";
        rig.Run();

        for (var count = 0; count < 3; count++)
        {
            await supervisor.WaitForAsync("WATCHDOG=1", Cancellation);
        }
    }

    [Fact]
    public async Task Service_SupervisorIsGone_WorksAndSaysSo()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["NOTIFY_SOCKET"] = Path.Combine(rig.Workspace.Root, "nobody");
        var connector = rig.Run();

        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.Equal(0, ended.ExitCode);
        Assert.Single(ended.Log, line => line.Text("msg").Contains("NOTIFY_SOCKET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_ASupervisorsVariables_AreNotForIt()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        using var supervisor = new SupervisorSocket(Path.Combine(workspace.Root, "notify"));
        workspace.Variables["NOTIFY_SOCKET"] = supervisor.Address;

        (await workspace.SyncAsync()).Succeeded();

        using var probe = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Unspecified);
        await probe.SendToAsync("END"u8.ToArray(), new System.Net.Sockets.UnixDomainSocketEndPoint(supervisor.Address));
        await supervisor.WaitForAsync("END", Cancellation);
        Assert.Single(supervisor.Seen);
    }

    private static SupervisorSocket Supervise(ServiceRig rig, bool isAbstract = false)
    {
        var supervisor = new SupervisorSocket(isAbstract ? $"@{rig.Workspace.Root}" : Path.Combine(rig.Workspace.Root, "notify"));
        rig.Workspace.Variables["NOTIFY_SOCKET"] = supervisor.Address;
        return supervisor;
    }
}
