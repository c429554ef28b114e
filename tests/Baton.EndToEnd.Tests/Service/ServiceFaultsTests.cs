using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>What a network and an operator do to a service.</summary>
public sealed class ServiceFaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_PlatformAnswersErrorsAtTheStart_WaitsThemOut()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Once().Respond(503);
        rig.Platform.Faults.On(CallKind.Hello).Once().Fail(StatusCode.Unavailable);
        var sync = rig.AddSync();
        var connector = rig.Run();

        Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("the platform does not answer the hello, trying again", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 16)]
    [InlineData(403, 16)]
    public async Task Service_CredentialRefused_EndsWithOneLine(int status, int exitCode)
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Platform.Faults.On(CallKind.Token).Respond(status);

        var ended = await rig.Run().EndAsync();

        ended.Failed(exitCode, "");
        rig.SaidNoSecret(ended);
        Assert.Equal(0, rig.Platform.Calls.Count(CallKind.Hello));
    }

    [Theory]
    [InlineData("BATON_CLIENT_ID", "noat", "invalid client id")]
    [InlineData("BATON_CLIENT_SECRET", "secret-token:conductorone.com:v1:eyJrdHkiOiJPS1AifQ", "invalid client secret")]
    public async Task Service_MalformedCredential_EndsBeforeAnythingIsConnectedTo(string variable, string value, string text)
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables[variable] = value;

        var ended = await rig.Run().EndAsync();

        ended.Failed(2, text);
        Assert.Empty(rig.Platform.Calls.All);
    }

    [Fact]
    public async Task Service_PollFails_GoesOn()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Platform.Faults.On(CallKind.GetTask).Once().Fail(StatusCode.Internal);
        rig.Platform.Faults.On(CallKind.GetTask).Nth(2).Reset();
        var sync = rig.AddSync();
        var connector = rig.Run();

        Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        Assert.Equal(0, (await ServiceRig.StopAsync(connector)).ExitCode);
    }

    [Fact]
    public async Task Service_FirstHeartbeatFailsOrIsCancelled_LeavesTheTaskAlone()
    {
        await using var rig = await ServiceRig.StartAsync();
        var failing = rig.AddSync();
        var cancelled = rig.AddSync();
        var after = rig.AddSync();
        rig.Platform.Faults.On(CallKind.Heartbeat, failing.Id).Fail(StatusCode.Unavailable);
        rig.Platform.Faults.On(CallKind.Heartbeat, cancelled.Id).CancelTask();
        var connector = rig.Run("--task-concurrency", "1");

        Assert.True((await rig.EndOfAsync(after)).Succeeded);
        await ServiceRig.StopAsync(connector);

        Assert.False(failing.HasEnded);
        Assert.False(cancelled.HasEnded);
        Assert.Empty(failing.Uploads);
        Assert.Empty(rig.Leftovers);
    }

    [Fact]
    public async Task Service_LaterHeartbeatCancels_EndsTheSyncAsCancelled()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/users/search").Hang();
        var sync = rig.AddSync();
        rig.Platform.Faults.On(CallKind.Heartbeat, sync.Id).Nth(2).CancelTask();
        var connector = rig.Run();

        var end = await rig.EndOfAsync(sync);
        await ServiceRig.StopAsync(connector);

        Assert.Equal(1, end.Request!.Status.Code);
        Assert.False(end.Request.Error.NonRetryable);
        Assert.Empty(rig.Leftovers);
    }

    [Fact]
    public async Task Service_UploadBreaks_StartsItAnew()
    {
        await using var rig = await ServiceRig.StartAsync();
        var sync = rig.AddSync();
        rig.Platform.Faults.On(CallKind.UploadAsset).Once().Fail(StatusCode.Unavailable);
        var connector = rig.Run();

        Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        await ServiceRig.StopAsync(connector);

        Assert.Equal(2, rig.Platform.Calls.Count(CallKind.UploadAsset));
    }

    [Fact]
    public async Task Service_UploadKeepsFailing_TheSameTaskUploadsTheSameFileLater()
    {
        await using var rig = await ServiceRig.StartAsync();
        var sync = rig.AddSync();
        rig.Platform.Faults.On(CallKind.UploadAsset).Between(1, 3).Fail(StatusCode.Unavailable);
        rig.Platform.Faults.On(CallKind.FinishTask).Once().Fail(StatusCode.Unavailable);
        var connector = rig.Run();

        await rig.Platform.WaitForCallAsync(CallKind.FinishTask, 1, Cancellation);
        sync.Requeue();
        Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        await ServiceRig.StopAsync(connector);

        Assert.Single(sync.Uploads);
        Assert.Single(rig.Grafana.Requests.Lines, line => line.StartsWith("GET /api/users/search", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Service_ReportIsLost_IsNotDoneAgainWhenTheTaskComesBack()
    {
        await using var rig = await ServiceRig.StartAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);
        var grant = rig.AddGrant(1, "Editor", ada);
        rig.Platform.Faults.On(CallKind.FinishTask).Once().Reset();
        var connector = rig.Run();

        await rig.Platform.WaitForCallAsync(CallKind.FinishTask, 1, Cancellation);
        grant.Requeue();
        var end = await rig.EndOfAsync(grant);
        await ServiceRig.StopAsync(connector);

        Assert.True(end.Succeeded, end.ToString());
        Assert.Single(rig.Grafana.Requests.Writes);
        Assert.Equal(2, grant.Deliveries);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Service_StoppedWhileIdle_EndsWell(string signal)
    {
        await using var rig = await ServiceRig.StartAsync(new FakeControlPlaneOptions { LongPoll = TimeSpan.FromMinutes(1) });
        var connector = rig.Run();
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.GetTask) > 0, Cancellation);

        var ended = await ServiceRig.StopAsync(connector, signal);

        Assert.Equal(0, ended.ExitCode);
        Assert.Empty(rig.Leftovers);
    }

    [Fact]
    public async Task Service_StoppedWhileGrafanaIsChanged_FinishesAndReports()
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
        var grant = rig.AddGrant(1, "Editor", ada);
        var connector = rig.Run();
        await changing.Task.WaitAsync(Cancellation);

        await connector.SignalAsync("TERM");
        goOn.SetResult();
        var ended = await connector.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.True(grant.End?.Succeeded);
        Assert.Equal(GrafanaRole.Editor, rig.Grafana.RoleOf(1, ada));
    }

    [Fact]
    public async Task Service_StoppedDuringASync_TheNextProcessGoesOnWithIt()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 100);
        var listing = new TaskCompletionSource();
        var held = rig.Grafana.Faults.On("GET", "^/api/orgs/1/users").Once().RunAsync(async (_, token) =>
        {
            listing.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        var sync = rig.AddSync(options => options.SyncResourceTypeIds.Add(["user", "org"]));
        var first = rig.Run();
        await listing.Task.WaitAsync(Cancellation);
        var ended = await ServiceRig.StopAsync(first);
        Assert.Equal(0, ended.ExitCode);
        Assert.False(sync.HasEnded);
        Assert.Single(Directory.EnumerateFiles(rig.Workspace.Temporary, "*.partial"));
        rig.Grafana.Requests.Clear();
        sync.Requeue();

        var second = rig.Run();
        Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        var again = await ServiceRig.StopAsync(second);

        Assert.Contains("resumed previous sync", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Grafana.Requests.Lines, line => line.StartsWith("GET /api/users/search", StringComparison.Ordinal));
        Assert.Empty(rig.Leftovers);
        Assert.NotNull(held);
    }

    [Fact]
    public async Task Service_KilledDuringASync_TheNextProcessStartsAnewAndCleansUp()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 100);
        var listing = new TaskCompletionSource();
        rig.Grafana.Faults.On("GET", "^/api/orgs/1/users").Once().RunAsync(async (_, token) =>
        {
            listing.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        var sync = rig.AddSync();
        var first = rig.Run();
        await listing.Task.WaitAsync(Cancellation);
        await ServiceRig.StopAsync(first, "KILL");
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(rig.Workspace.Temporary));
        sync.Requeue();

        var second = rig.Run();
        Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        await ServiceRig.StopAsync(second);

        Assert.Empty(rig.Leftovers);
    }
}
