using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>What probes are told of a service.</summary>
public sealed class ServiceHealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_AfterASync_TellsHowTheServiceStands()
    {
        await using var rig = await ServiceRig.StartAsync();
        var sync = rig.AddSync();
        var connector = RunWithHealth(rig);
        using var probe = await HealthProbe.OfAsync(connector);
        Assert.True((await rig.EndOfAsync(sync)).Succeeded);

        var (status, body, text) = await probe.AskAsync("health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("healthy", body.GetProperty("status").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", body.GetProperty("timestamp").GetString());
        Assert.False(body.TryGetProperty("details", out _));
        Assert.True(body.GetProperty("ready").GetBoolean());
        Assert.True(body.GetProperty("provisioning").GetBoolean());
        Assert.True(body.GetProperty("target").GetProperty("reachable").GetBoolean());
        Assert.True(body.GetProperty("platform").GetProperty("reachable").GetBoolean());
        Assert.True(body.GetProperty("platform").TryGetProperty("last_hello", out _));
        var tasks = body.GetProperty("tasks");
        Assert.Equal(("SyncFull", "succeeded"), (tasks.GetProperty("last").GetProperty("kind").GetString(), tasks.GetProperty("last").GetProperty("outcome").GetString()));
        Assert.True(tasks.TryGetProperty("last_sync", out _));
        Assert.True(tasks.TryGetProperty("last_upload", out _));
        Assert.DoesNotContain(Workspace.Password, text, StringComparison.Ordinal);
        Assert.Equal("""{"status":"alive",""", (await probe.AskAsync("live")).Text[..18]);
        var ended = await ServiceRig.StopAsync(connector);
        Assert.Equal(0, ended.ExitCode);
        rig.SaidNoSecret(ended);
    }

    [Fact]
    public async Task Health_WrongPassword_SaysSoAndTriesItOnce()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["BATON_PASSWORD"] = "planted-wrong-0815";
        var connector = RunWithHealth(rig);
        using var probe = await HealthProbe.OfAsync(connector);
        await connector.WaitForErrorAsync("connected to the platform");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => probe.AskAsync("health")));
        var ready = await probe.AskAsync("ready");
        await ServiceRig.StopAsync(connector);

        Assert.All(answers, answer =>
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Equal("unhealthy", answer.Body.GetProperty("status").GetString());
            Assert.Equal("connector validation failed", Detail(answer.Body, "error"));
            Assert.Equal("Unauthenticated", Detail(answer.Body, "validation_code"));
            Assert.NotEqual("", Detail(answer.Body, "validation_error"));
            Assert.False(answer.Body.GetProperty("target").GetProperty("reachable").GetBoolean());
            Assert.DoesNotContain("planted-wrong", answer.Text, StringComparison.Ordinal);
        });
        Assert.Equal(HttpStatusCode.OK, ready.Status);
        Assert.Single(rig.Grafana.Requests.All);
    }

    [Fact]
    public async Task Health_GrafanaIsGone_SaysSo()
    {
        await using var rig = await ServiceRig.StartAsync();
        await rig.Grafana.DisposeAsync();
        var connector = RunWithHealth(rig);
        using var probe = await HealthProbe.OfAsync(connector);
        await connector.WaitForErrorAsync("connected to the platform");

        var (status, body, _) = await probe.AskAsync("health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("Unavailable", Detail(body, "validation_code"));
        Assert.True(body.GetProperty("platform").GetProperty("reachable").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await probe.AskAsync("ready")).Status);
        Assert.Equal(0, (await ServiceRig.StopAsync(connector)).ExitCode);
    }

    [Fact]
    public async Task Ready_PlatformDoesNotAnswerAtTheStart_SaysWhatItWaitsFor()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Hello).Once().Fail(StatusCode.Unavailable);
        var (asked, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.Platform.Faults.On(CallKind.Hello).Nth(2).Run(async (_, token) =>
        {
            asked.SetResult();
            await goOn.Task.WaitAsync(token);
        });
        var connector = RunWithHealth(rig);
        using var probe = await HealthProbe.OfAsync(connector);
        await asked.Task.WaitAsync(Cancellation);

        var waiting = await probe.AskAsync("ready");
        var health = await probe.AskAsync("health");
        var live = await probe.AskAsync("live");
        goOn.SetResult();
        await connector.WaitForErrorAsync("connected to the platform");
        var ready = await probe.AskAsync("ready");
        await ServiceRig.StopAsync(connector);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not_ready"), (waiting.Status, waiting.Body.GetProperty("status").GetString()));
        Assert.Equal("waiting for the platform to answer the hello", Detail(waiting.Body, "error"));
        Assert.Contains("Unavailable", Detail(waiting.Body, "platform_error"), StringComparison.Ordinal);
        Assert.Equal("the platform cannot be reached", Detail(health.Body, "error"));
        Assert.False(health.Body.GetProperty("platform").GetProperty("reachable").GetBoolean());
        Assert.True(health.Body.GetProperty("target").GetProperty("reachable").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal((HttpStatusCode.OK, "ready"), (ready.Status, ready.Body.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Ready_WhileTasksAreFinishedBeforeTheEnd_IsNot()
    {
        await using var rig = await ServiceRig.StartAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);
        var (changing, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        rig.Grafana.Faults.On("PATCH", "/users/").RunAsync(async (_, token) =>
        {
            changing.SetResult();
            await goOn.Task.WaitAsync(token);
        });
        rig.AddGrant(1, "Editor", ada);
        var connector = RunWithHealth(rig);
        using var probe = await HealthProbe.OfAsync(connector);
        await changing.Task.WaitAsync(Cancellation);
        await connector.SignalAsync("TERM");
        await connector.WaitForErrorAsync("stopping: no more tasks");

        var ready = await probe.AskAsync("ready");
        var live = await probe.AskAsync("live");
        goOn.SetResult();
        var ended = await connector.EndAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the service is stopping"), (ready.Status, Detail(ready.Body, "error")));
        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task Health_PortIsInUse_EndsWithOneLine()
    {
        await using var rig = await ServiceRig.StartAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var ended = await rig.Run("--health-check", "--health-check-port", $"{port}").EndAsync();

        ended.Failed(2, $"listen tcp 127.0.0.1:{port}: the address is already in use");
        Assert.Empty(rig.Platform.Calls.All);
    }

    [Fact]
    public async Task HealthCheck_OfAService_SaysByItsExitCodeHowItIs()
    {
        await using var rig = await ServiceRig.StartAsync();
        await rig.Grafana.DisposeAsync();
        var connector = RunWithHealth(rig);
        using var probe = await HealthProbe.OfAsync(connector);
        await connector.WaitForErrorAsync("connected to the platform");
        using var elsewhere = new Workspace { Variables = { ["BATON_HEALTH_CHECK_PORT"] = $"{probe.Port}" } };

        var live = await Connector.RunAsync(elsewhere, "health-check", "--endpoint", "live");
        var ready = await Connector.RunAsync(elsewhere, "health-check", "--endpoint=ready", "--health-check-bind-address", "0.0.0.0");
        var health = await Connector.RunAsync(elsewhere, "health-check");
        await ServiceRig.StopAsync(connector);

        Assert.Equal((0, "", ""), (live.ExitCode, live.Output, live.Error));
        Assert.Equal((0, "", ""), (ready.ExitCode, ready.Output, ready.Error));
        health.Failed(2, "health check returned status 503: connector validation failed; ");
    }

    [Theory]
    [InlineData("--endpoint", "zz", "invalid endpoint: zz (valid: health, ready, live)")]
    [InlineData("--timeout", "0", "invalid timeout: 0")]
    [InlineData("--health-check-port", "70000", "health-check-port must be a port")]
    public async Task HealthCheck_AskedWrongly_SaysWhatIsRight(string flag, string value, string text)
    {
        using var workspace = new Workspace();

        (await Connector.RunAsync(workspace, "health-check", flag, value)).Failed(2, text);
    }

    [Fact]
    public async Task HealthCheck_NothingListens_Is14()
    {
        using var workspace = new Workspace();
        using var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)reserved.LocalEndPoint!).Port;

        var ended = await Connector.RunAsync(workspace, "health-check", "--health-check-port", $"{port}", "--endpoint", "live");

        ended.Failed(14, $"health check failed: Get \"http://127.0.0.1:{port}/live\": ");
    }

    [Fact]
    public async Task HealthCheck_NoAnswer_IsOverInTime()
    {
        using var workspace = new Workspace();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var ended = await Connector.RunAsync(
            workspace, "health-check", "--timeout", "1", "--health-check-port", $"{((IPEndPoint)silent.LocalEndpoint).Port}");

        ended.Failed(4, "no answer within 1 seconds (--timeout)");
    }

    private static Connector RunWithHealth(ServiceRig rig) => rig.Run("--health-check", "--health-check-port", "0");

    private static string Detail(JsonElement body, string name) => body.GetProperty("details").GetProperty(name).GetString()!;
}
