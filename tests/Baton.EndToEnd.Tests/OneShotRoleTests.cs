using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>Grants and revocations of organization roles, one command each.</summary>
public sealed class OneShotRoleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grant_AnotherRole_ChangesItInPlaceAndLeavesTheFile()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        var before = await workspace.SyncedBeforeAsync(grafana);

        var ended = (await workspace.SyncAsync(Grant("org:1:Editor", ada, "-p", "--log-level", "debug"))).Succeeded();

        Assert.Equal(GrafanaRole.Editor, grafana.RoleOf(1, ada));
        Assert.Equal([$"PATCH /api/orgs/1/users/{ada}"], grafana.Requests.Writes);
        var result = ended.Result;
        Assert.Equal(("grant", "done"), (result.Text("operation"), result.Text("outcome")));
        Assert.StartsWith("ada is Editor of organization 1 (Main Org.) (was Viewer); read back at ", result.Text("summary"), StringComparison.Ordinal);
        var replaced = result.GetProperty("annotations")[0];
        Assert.Equal("type.googleapis.com/c1.connector.v2.GrantReplaced", replaced.Text("@type"));
        Assert.Equal($"org:1:Viewer:user:{ada}", replaced.Text("replacedGrantId"));
        Assert.Equal("PATCH", Assert.Single(result.GetProperty("requests").EnumerateArray().ToList()).Text("method"));
        Assert.Equal(before, await workspace.BytesAsync());
        Assert.DoesNotContain("planted-password", ended.Output + ended.Error, StringComparison.Ordinal);
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Grant_HeldBefore_IsASuccessWithoutAWrite()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);

        var ended = (await workspace.SyncAsync(Grant("org:1:Viewer", ada, "-p"))).Succeeded();

        Assert.Empty(grafana.Requests.Writes);
        Assert.Equal("already", ended.Result.Text("outcome"));
    }

    [Fact]
    public async Task Grant_DryRun_WritesNothing()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        var before = await workspace.SyncedBeforeAsync(grafana);

        var ended = (await workspace.SyncAsync(Grant("org:1:Admin", ada, "--dry-run"))).Succeeded();

        Assert.Empty(grafana.Requests.Writes);
        Assert.Equal(GrafanaRole.Viewer, grafana.RoleOf(1, ada));
        var result = ended.Result;
        Assert.Equal("would", result.Text("outcome"));
        var request = Assert.Single(result.GetProperty("requests").EnumerateArray().ToList());
        Assert.Equal(("PATCH", $"/api/orgs/1/users/{ada}"), (request.Text("method"), request.Text("target")));
        Assert.Contains(result.GetProperty("checks").EnumerateArray(), check => check.GetString()!.Contains("is Viewer of organization 1 (Main Org.)", StringComparison.Ordinal));
        Assert.Equal(before, await workspace.BytesAsync());
        workspace.HoldsOnly("sync.c1z");
    }

    [Fact]
    public async Task Grant_NotProvisioning_IsRefusedBeforeGrafanaIsAsked()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);

        var ended = (await workspace.SyncAsync(Grant("org:1:Editor", ada))).FailedWithResult(9);

        Assert.StartsWith("provisioning is not enabled", ended.Result.Text("summary"), StringComparison.Ordinal);
        Assert.Empty(grafana.Requests.All);
    }

    [Theory]
    [InlineData("org:1:Owner", "1", "has no entitlement org:1:Owner")]
    [InlineData("org:1:Admin", "4711", "has no resource 4711 of type user")]
    public async Task Grant_NotInTheFile_IsNotFoundBeforeGrafanaIsAsked(string entitlement, string principal, string why)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);

        var ended = (await workspace.SyncAsync(Grant(entitlement, principal, "-p"))).FailedWithResult(5);

        Assert.Contains(why, ended.Said[0], StringComparison.Ordinal);
        Assert.Equal("NotFound", ended.Result.Text("code"));
        Assert.Empty(grafana.Requests.All);
    }

    [Fact]
    public async Task Grant_NoFile_SaysToSyncFirst()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync(Grant("org:1:Admin", "1", "-p"))).FailedWithResult(9);

        Assert.Contains("run a sync into it first", ended.Said[0], StringComparison.Ordinal);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Revoke_Membership_RemovesIt()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Editor);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);

        (await workspace.SyncAsync("--revoke-grant", $"org:1:Editor:user:{ada}", "-p")).Succeeded();

        Assert.Null(grafana.RoleOf(1, ada));
        grafana.Requests.Clear();
        var again = (await workspace.SyncAsync("--revoke-grant", $"org:1:Editor:user:{ada}", "-p")).Succeeded();
        Assert.Equal("already", again.Result.Text("outcome"));
        Assert.Empty(grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("-p")]
    [InlineData("--dry-run")]
    public async Task Revoke_LastAdmin_IsRefusedWithWhatItWouldDo(string flag)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var organization = grafana.AddOrganization("Labs");
        var ada = grafana.AddUser("ada");
        grafana.AddMember(organization, ada, GrafanaRole.Admin);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);

        var ended = (await workspace.SyncAsync("--revoke-grant", $"org:{organization}:Admin:user:{ada}", flag)).FailedWithResult(9);

        Assert.Equal(GrafanaRole.Admin, grafana.RoleOf(organization, ada));
        Assert.Empty(grafana.Requests.Writes);
        var result = ended.Result;
        Assert.Equal(("failed", "FailedPrecondition"), (result.Text("outcome"), result.Text("code")));
        Assert.NotEmpty(result.GetProperty("effects").EnumerateArray());
        Assert.NotEmpty(result.GetProperty("checks").EnumerateArray());
    }

    [Fact]
    public async Task Grant_WrongPassword_IsOneRequestAndNoSecret()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);
        workspace.Variables["BATON_PASSWORD"] = "another-planted-password";

        var ended = (await workspace.SyncAsync(Grant("org:1:Editor", ada, "-p", "--log-level", "debug"))).FailedWithResult(16);

        Assert.Single(grafana.Requests.All);
        Assert.DoesNotContain("planted-password", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_InterruptedWhileItIsSent_SaysWhatIsKnown()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);
        var arrived = new TaskCompletionSource();
        grafana.Faults.On("PATCH", "^/api/orgs/1/users/").Once().Run(_ => arrived.SetResult());
        grafana.Faults.On("PATCH", "^/api/orgs/1/users/").Hang();
        await using var connector = Connector.Start(workspace, ["--file", workspace.File, .. Grant("org:1:Editor", ada, "-p")]);
        await arrived.Task.WaitAsync(Cancellation);

        await connector.SignalAsync("INT");

        var ended = (await connector.EndAsync()).FailedWithResult(1);
        Assert.StartsWith($"interrupted after PATCH /api/orgs/1/users/{ada}", ended.Said[0], StringComparison.Ordinal);
        Assert.EndsWith("whether the last request was carried out is not known: repeat the command, which looks first at what holds", ended.Said[0], StringComparison.Ordinal);
        Assert.Equal("interrupted", ended.Result.Text("outcome"));
    }

    [Fact]
    public async Task Grant_ResultCannotBeWritten_SaysThatItIsDone()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada", GrafanaRole.Viewer);
        using var workspace = new Workspace(grafana);
        await workspace.SyncedBeforeAsync(grafana);
        await using var connector = Connector.StartIn(
            workspace, ["bash", "-c", "exec \"$@\" > /dev/full", "redirected"], ["--file", workspace.File, .. Grant("org:1:Editor", ada, "-p")]);

        var ended = await connector.EndAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("grant is carried out (ada is Editor", Assert.Single(ended.Said), StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Editor, grafana.RoleOf(1, ada));
    }

    private static long Add(FakeGrafana grafana, string login, GrafanaRole role)
    {
        var id = grafana.AddUser(login);
        grafana.AddMember(1, id, role);
        return id;
    }

    private static string[] Grant(string entitlement, object principal, params string[] more)
        => ["--grant-entitlement", entitlement, "--grant-principal", $"{principal}", "--grant-principal-type", "user", .. more];
}
