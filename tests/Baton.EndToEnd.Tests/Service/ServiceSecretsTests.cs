using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>Secrets that are replaced while the service runs.</summary>
public sealed class ServiceSecretsTests
{
    private const string NewPassword = "planted-password-0815";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_PasswordReplaced_NextTaskWorksWithoutARestart()
    {
        await using var rig = await ServiceRig.StartAsync();
        var path = UsePasswordFile(rig);
        var ada = rig.Grafana.AddUser("ada");
        var connector = rig.Run();
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        rig.Grafana.Requests.Clear();

        rig.Grafana.SetPassword("admin", NewPassword);
        SecretFolder.Replace(path, NewPassword + "\n");
        var grant = await rig.EndOfAsync(rig.AddGrant(1, "Editor", ada));
        var sync = await rig.EndOfAsync(rig.AddSync());
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(grant.Succeeded, grant.ToString());
        Assert.True(sync.Succeeded, sync.ToString());
        Assert.Equal(GrafanaRole.Editor, rig.Grafana.RoleOf(1, ada));
        Assert.DoesNotContain(rig.Grafana.Requests.All, request => request.Status == 401);
        Assert.Single(ended.Log, line => line.Text("msg") == "a secret was replaced, the new one is used from now on");
        Assert.DoesNotContain(NewPassword, ended.Error, StringComparison.Ordinal);
        rig.SaidNoSecret(ended);
    }

    [Fact]
    public async Task Service_PasswordChangedBeforeTheFile_FailsOnceATaskAndThenWorks()
    {
        await using var rig = await ServiceRig.StartAsync();
        var path = UsePasswordFile(rig);
        var connector = rig.Run();
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        rig.Grafana.Requests.Clear();

        rig.Grafana.SetPassword("admin", NewPassword);
        var refused = await rig.EndOfAsync(rig.AddSync());
        SecretFolder.Replace(path, NewPassword);
        var sync = await rig.EndOfAsync(rig.AddSync());
        await ServiceRig.StopAsync(connector);

        Assert.Equal(16, refused.Request!.Status.Code);
        Assert.True(sync.Succeeded, sync.ToString());
        Assert.Single(rig.Grafana.Requests.All, request => request.Status == 401);
    }

    [Fact]
    public async Task Service_PasswordFileGone_GoesOnWithWhatItHad()
    {
        await using var rig = await ServiceRig.StartAsync();
        var path = UsePasswordFile(rig);
        var connector = rig.Run();
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);

        File.Delete(path);
        var sync = await rig.EndOfAsync(rig.AddSync());
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(sync.Succeeded, sync.ToString());
        var warning = Assert.Single(ended.Log, line => line.Text("msg").StartsWith("a secret's file cannot be used", StringComparison.Ordinal));
        Assert.Equal($"password-file: the file {path} does not exist", warning.Text("error"));
    }

    [Fact]
    public async Task Service_TokenReplaced_NextTaskWorks()
    {
        await using var rig = await ServiceRig.StartAsync();
        var path = SecretFolder.Write(rig.Workspace, "token", rig.Grafana.AddServiceAccountToken(1));
        rig.Workspace.Variables.Remove("BATON_USERNAME");
        rig.Workspace.Variables.Remove("BATON_PASSWORD");
        rig.Workspace.Variables["BATON_API_TOKEN_FILE"] = path;
        var connector = rig.Run();
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);

        var other = rig.Grafana.AddServiceAccountToken(1, name: "other");
        SecretFolder.Replace(path, other + "\n");
        var sync = await rig.EndOfAsync(rig.AddSync());
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(sync.Succeeded, sync.ToString());
        Assert.DoesNotContain(other, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ClientSecretReplaced_GoesOnWithTheNewOne()
    {
        await using var rig = await ServiceRig.StartAsync();
        var path = SecretFolder.Write(rig.Workspace, "secret", rig.Platform.ClientSecret + "\n");
        rig.Workspace.Variables.Remove("BATON_CLIENT_SECRET");
        rig.Workspace.Variables["BATON_CLIENT_SECRET_FILE"] = path;
        var connector = rig.Run();
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        var first = rig.Platform.ClientSecret;

        rig.Platform.ReplaceSecret();
        SecretFolder.Replace(path, rig.Platform.ClientSecret);
        var sync = await rig.EndOfAsync(rig.AddSync());
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(sync.Succeeded, sync.ToString());
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains(ended.Log, line => line.Text("msg").StartsWith("a secret was replaced", StringComparison.Ordinal));
        Assert.DoesNotContain(first, ended.Error, StringComparison.Ordinal);
        rig.SaidNoSecret(ended);
    }

    [Fact]
    public async Task Health_RefusedPasswordReplaced_IsTriedAtOnce()
    {
        await using var rig = await ServiceRig.StartAsync();
        var path = UsePasswordFile(rig);
        SecretFolder.Replace(path, "planted-wrong-4711");
        var connector = rig.Run("--health-check", "--health-check-port", "0");
        using var probe = await HealthProbe.OfAsync(connector);
        await rig.Platform.WaitForCallAsync(CallKind.Hello, 1, Cancellation);
        Assert.Equal(503, (int)(await probe.AskAsync("health")).Status);
        Assert.Equal(503, (int)(await probe.AskAsync("health")).Status);
        Assert.Single(rig.Grafana.Requests.All);

        SecretFolder.Replace(path, Workspace.Password);
        var (_, body, _) = await probe.AskAsync("health");
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(body.GetProperty("target").GetProperty("reachable").GetBoolean());
        Assert.DoesNotContain("planted-wrong", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Service_WrongSecretAndManyTasks_SignsInOnce(bool byToken)
    {
        await using var rig = await ServiceRig.StartAsync();
        const string Wrong = "planted-wrong-1177";
        var ada = rig.Grafana.AddUser("ada");
        if (byToken)
        {
            rig.Workspace.Variables.Remove("BATON_USERNAME");
            rig.Workspace.Variables.Remove("BATON_PASSWORD");
        }

        rig.Workspace.Variables[byToken ? "BATON_API_TOKEN" : "BATON_PASSWORD"] = Wrong;
        var tasks = Enumerable.Range(0, 8).Select(index => index % 2 == 0 ? rig.AddSync() : rig.AddGrant(1, "Editor", ada)).ToList();
        var connector = rig.Run();

        var ends = await Task.WhenAll(tasks.Select(rig.EndOfAsync));
        var ended = await ServiceRig.StopAsync(connector);

        Assert.All(ends, end =>
        {
            Assert.Equal(16, end.Request!.Status.Code);
            Assert.Contains("Grafana refuses the credential: ", end.Request.Status.Message, StringComparison.Ordinal);
        });
        Assert.Single(rig.Grafana.Requests.All, request => request.Status == 401);
        Assert.DoesNotContain(Wrong, ended.Error, StringComparison.Ordinal);
        rig.SaidNoSecret(ended);
    }

    private static string UsePasswordFile(ServiceRig rig)
    {
        rig.Workspace.Variables.Remove("BATON_PASSWORD");
        return rig.Workspace.Variables["BATON_PASSWORD_FILE"] = SecretFolder.Write(rig.Workspace, "password", Workspace.Password + "\n");
    }
}
