using System.Text;
using System.Text.Json.Nodes;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>Accounts that are created, deleted, disabled and invited, one command each. None of it needs a file.</summary>
public sealed class OneShotAccountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_EmailAlone_CreatesAnAccount()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync("--create-account-email", "ada@example.com", "-p")).Succeeded();

        var id = grafana.FindUser("ada@example.com");
        Assert.NotNull(id);
        Assert.Equal(("create-account", "done"), (ended.Result.Text("operation"), ended.Result.Text("outcome")));
        var account = ended.Result.GetProperty("response").GetProperty("success").GetProperty("resource");
        Assert.Equal(($"{id}", "ada@example.com"), (account.GetProperty("id").Text("resource"), account.Text("displayName")));
        Assert.Contains("thrown away", ended.Result.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Create_PasswordFile_HoldsThePasswordThatSignsIn()
    {
        await using var grafana = await Workspace.StartGrafanaAsync(new() { PasswordPolicy = true });
        using var workspace = new Workspace(grafana);
        var file = Path.Combine(workspace.Root, "ada.password");
        string[] ada = ["--create-account-email", "ada@example.com", "--create-account-login", "ada", "--create-account-password-file", file, "-p", "--log-level", "debug"];

        var ended = (await workspace.SyncAsync(ada)).Succeeded();

        var password = await File.ReadAllTextAsync(file, Cancellation);
        await SignsInAsync(grafana, "ada", password);
        Assert.DoesNotContain(password, ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Workspace.Password, ended.Output + ended.Error, StringComparison.Ordinal);

        var again = (await workspace.SyncAsync([.. ada[..5], $"{file}.2", "-p"])).Succeeded();
        Assert.Equal("already", again.Result.Text("outcome"));
        Assert.False(File.Exists($"{file}.2"));
        await SignsInAsync(grafana, "ada", password);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Create_KilledWhileGrafanaIsAsked_ThePasswordIsSafe()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var file = Path.Combine(workspace.Root, "ada.password");
        var arrived = new TaskCompletionSource();
        grafana.Faults.On("GET", "^/api/users/[0-9]+$").Once().Run(_ => arrived.SetResult());
        grafana.Faults.On("GET", "^/api/users/[0-9]+$").Hang();
        await using var connector = Connector.Start(
            workspace, "--file", workspace.File, "--create-account-email", "ada@example.com", "--create-account-password-file", file, "-p");
        await arrived.Task.WaitAsync(Cancellation);

        await connector.SignalAsync("KILL");
        await connector.EndAsync();

        await SignsInAsync(grafana, "ada@example.com", await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Create_PasswordOnStandardInput_SignsIn()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        await using var connector = Connector.StartIn(
            workspace,
            ["bash", "-c", "echo 'correct horse battery' | \"$@\"", "piped"],
            ["--create-account-email", "ada@example.com", "--create-account-password-stdin", "-p", "--log-level", "debug"]);

        var ended = (await connector.EndAsync()).Succeeded();

        await SignsInAsync(grafana, "ada@example.com", "correct horse battery");
        Assert.DoesNotContain("correct horse battery", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_DryRun_WritesNothing()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var file = Path.Combine(workspace.Root, "ada.password");

        var ended = (await workspace.SyncAsync("--create-account-email", "ada@example.com", "--create-account-password-file", file, "--dry-run")).Succeeded();

        Assert.Empty(grafana.Requests.Writes);
        Assert.Equal("would", ended.Result.Text("outcome"));
        Assert.Equal("/api/admin/users", ended.Result.GetProperty("requests")[0].Text("target"));
        Assert.False(File.Exists(file));
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Create_WithAToken_InvitesOnce()
    {
        await using var grafana = await Workspace.StartGrafanaAsync(new() { SmtpEnabled = true });
        var token = grafana.AddServiceAccountToken(1);
        using var workspace = new Workspace { Variables = { ["BATON_HOSTNAME"] = grafana.BaseAddress.ToString(), ["BATON_API_TOKEN"] = token } };

        var ended = (await workspace.SyncAsync("--create-account-email", "ada@example.com", "-p", "--log-level", "debug")).Succeeded();
        var again = (await workspace.SyncAsync("--create-account-email", "ada@example.com", "-p")).Succeeded();

        Assert.Equal(["ada@example.com"], grafana.PendingInvites(1));
        Assert.Equal(("action-required", "action-required"), (ended.Result.Text("outcome"), again.Result.Text("outcome")));
        Assert.Contains("was invited", ended.Result.Text("summary"), StringComparison.Ordinal);
        Assert.DoesNotContain(token, ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Account_IsGoneAndGoneAgain()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = grafana.AddUser("ada");
        using var workspace = new Workspace(grafana);
        string[] delete = ["--delete-resource", $"{ada}", "--delete-resource-type", "user"];

        var dry = (await workspace.SyncAsync([.. delete, "--dry-run"])).Succeeded();
        Assert.Equal("would", dry.Result.Text("outcome"));
        Assert.Empty(grafana.Requests.Writes);
        Assert.True(grafana.HasUser(ada));

        (await workspace.SyncAsync([.. delete, "-p"])).Succeeded();
        Assert.False(grafana.HasUser(ada));

        var again = (await workspace.SyncAsync([.. delete, "-p"])).Succeeded();
        Assert.Equal("already", again.Result.Text("outcome"));
        workspace.HoldsOnly();
    }

    [Theory]
    [InlineData("-p")]
    [InlineData("--dry-run")]
    public async Task Delete_OwnAccount_IsRefusedWithWhatItWouldDo(string flag)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync("--delete-resource", "1", "--delete-resource-type", "user", flag)).FailedWithResult(9);

        Assert.Empty(grafana.Requests.Writes);
        Assert.True(grafana.HasUser(1));
        Assert.Contains(ended.Result.GetProperty("effects").EnumerateArray(), effect => effect.GetString() == "the connector locks itself out");
    }

    [Theory]
    [InlineData("org", "1", 12, "resource type org does not have resource Delete() configured")]
    [InlineData("user", "ada", 3, "invalid user ID ada")]
    public async Task Delete_WhatCannotBe_SaysSo(string type, string id, int exitCode, string why)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync("--delete-resource", id, "--delete-resource-type", type, "-p")).FailedWithResult(exitCode);

        Assert.Contains(why, ended.Result.Text("summary"), StringComparison.Ordinal);
        Assert.Empty(grafana.Requests.Writes);
    }

    [Fact]
    public async Task Action_DisableAndEnable_DoSo()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = grafana.AddUser("ada");
        using var workspace = new Workspace(grafana);
        var arguments = new JsonObject { ["user_id"] = $"{ada}" }.ToJsonString();

        var names = (await workspace.SyncAsync("--list-action-schemas")).Succeeded().Result.GetProperty("response").GetProperty("schemas").EnumerateArray().Select(schema => schema.Text("name"));
        Assert.Contains("disable_user", names);

        Assert.Equal("would", (await workspace.SyncAsync("--invoke-action", "disable_user", "--invoke-action-args", arguments, "--dry-run")).Succeeded().Result.Text("outcome"));
        Assert.False(grafana.IsDisabled(ada));

        (await workspace.SyncAsync("--invoke-action", "disable_user", "--invoke-action-args", arguments, "-p")).Succeeded();
        Assert.True(grafana.IsDisabled(ada));

        (await workspace.SyncAsync("--invoke-action", "enable_user", "--invoke-action-args", arguments, "-p")).Succeeded();
        Assert.False(grafana.IsDisabled(ada));
    }

    [Fact]
    public async Task Action_Unknown_IsNotFound()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        (await workspace.SyncAsync("--invoke-action", "foo", "-p")).FailedWithResult(5);

        Assert.Empty(grafana.Requests.Writes);
    }

    private static async Task SignsInAsync(FakeGrafana grafana, string login, string password)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = grafana.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}")));
        using var answer = await http.GetAsync("api/user", Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }
}
