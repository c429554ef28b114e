namespace Baton.EndToEnd.Tests;

/// <summary>Secrets from files, in a process.</summary>
public sealed class SecretFileTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_PasswordFile_SignsIn(bool asFlag)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        var path = SecretFolder.Write(workspace, "password", Workspace.Password + "\n");
        workspace.Variables.Remove("BATON_PASSWORD");
        if (!asFlag)
        {
            workspace.Variables["BATON_PASSWORD_FILE"] = path;
        }

        var ended = (await workspace.SyncAsync(asFlag ? ["--password-file", path] : [])).Succeeded();

        Assert.Equal(1, workspace.Read(rows => rows.CountResources("user")));
        Assert.DoesNotContain(Workspace.Password, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("every account of this machine", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_TokenFile_SelectsTheTokenAndIsTrimmed()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace();
        workspace.Variables["BATON_HOSTNAME"] = grafana.BaseAddress.ToString();
        workspace.Variables["BATON_API_TOKEN_FILE"] = SecretFolder.Write(workspace, "token", grafana.AddServiceAccountToken(1) + "\r\n");

        (await workspace.SyncAsync()).Succeeded();

        Assert.All(
            grafana.Requests.All.Where(request => !request.Path.StartsWith("/api/health", StringComparison.Ordinal)),
            request => Assert.Equal(Testing.Grafana.Requests.CredentialKind.ServiceAccountToken, request.Credential));
    }

    [Fact]
    public async Task Sync_FileThatOthersMayRead_IsWarnedOf()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        workspace.Variables.Remove("BATON_PASSWORD");
        var path = SecretFolder.Write(workspace, "password", Workspace.Password);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var ended = (await workspace.SyncAsync("--password-file", path)).Succeeded();

        var warning = Assert.Single(ended.Log, line => line.Text("level") == "warn" && line.TryGetProperty("setting", out _));
        Assert.Equal(("password-file", path), (warning.Text("setting"), warning.Text("path")));
    }

    [Theory]
    [InlineData("/nosuch/file", "password-file: the file /nosuch/file does not exist")]
    [InlineData("/", "password-file: the file / is a folder; name the file in it")]
    [InlineData("/dev/null", "password-file: the file /dev/null is empty")]
    [InlineData("/dev/zero", "password-file: the file /dev/zero is larger than 64 KiB, which no secret is")]
    public async Task Sync_FileWithoutASecret_IsRefusedInOneLine(string path, string why)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        workspace.Variables.Remove("BATON_PASSWORD");
        workspace.Variables["BATON_PASSWORD_FILE"] = path;

        (await workspace.SyncAsync()).Failed(2, why);

        Assert.Empty(grafana.Requests.All);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_ValueAndFile_IsRefusedInOneLine()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        workspace.Variables["BATON_PASSWORD_FILE"] = "/nosuch/file";

        (await workspace.SyncAsync()).Failed(2, "password and password-file are both given by the environment (BATON_PASSWORD, BATON_PASSWORD_FILE): leave one of them out");
    }
}

/// <summary>Puts secrets into files of a workspace, and replaces them as Kubernetes does.</summary>
internal static class SecretFolder
{
    public static string Write(Workspace workspace, string name, string content)
    {
        var path = Path.Combine(workspace.Root, name);
        Replace(path, content);
        return path;
    }

    /// <summary>In one rename, so that nobody reads half of it.</summary>
    public static void Replace(string path, string content)
    {
        var draft = path + ".new";
        File.WriteAllText(draft, content);
        File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(draft, path, overwrite: true);
    }
}
