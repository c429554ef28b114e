using System.Globalization;
using System.Text.Json;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Requests;
using GrafanaVersion = Baton.Testing.Grafana.GrafanaVersion;

namespace Baton.EndToEnd.Tests;

/// <summary>The doctor as a process: what it says, and what it does not do.</summary>
public sealed class DoctorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_EverythingRight_SaysSoAndOnlyReads()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var found = await DiagnoseAsync(workspace, 0, "--file", workspace.File);

        Assert.Equal("ok", found["Grafana/connection"].Level);
        Assert.Equal("ok", found["Grafana/clock"].Level);
        Assert.StartsWith("signed in as admin (id 1), a server administrator", found["Grafana/credential"].Text, StringComparison.Ordinal);
        Assert.Equal("Grafana 11.3.0", found["Grafana/version"].Text);
        Assert.Equal("Open Source", found["Grafana/edition"].Text);
        Assert.Equal("ok", found["Grafana/permission users:read"].Level);
        Assert.Equal("given, not shown (BATON_PASSWORD)", found["configuration/password"].Text);
        Assert.Equal($"{grafana.BaseAddress} (BATON_HOSTNAME)", found["configuration/hostname"].Text);
        Assert.Equal("note", found["platform/client id"].Level);
        Assert.Contains(workspace.OutputFolder, found["disk/output"].Text, StringComparison.Ordinal);
        Assert.Contains(workspace.Temporary, found["disk/temporary files"].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(found.Values, check => check.Level == "failed");
        Assert.All(grafana.Requests.All, request => Assert.Equal("GET", request.Method));
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Doctor_Text_HasALineACheckAndASummary()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = await Connector.RunAsync(workspace, "doctor", "--username", "ada", "--password", "planted-wrong");

        Assert.Equal(2, ended.ExitCode);
        Assert.Equal("", ended.Error);
        var lines = ended.Output.Split('\n');
        Assert.Contains("configuration", lines);
        Assert.Contains("  FAILED  credential: Grafana refuses the credential: Invalid username or password; check the username and password, or the token. "
            + "Not tried again: Grafana locks an account after five failures", lines);
        Assert.Contains("          -> correct --username and --password (BATON_USERNAME, BATON_PASSWORD or BATON_PASSWORD_FILE), or switch basic authentication on in Grafana ([auth.basic] enabled)", lines);
        Assert.Contains(lines, line => line.StartsWith("It does not work: 1 failure", StringComparison.Ordinal));
        Assert.DoesNotContain("planted", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("token")]
    public async Task Doctor_WrongCredential_IsTriedOnce(string kind)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        string[] words = kind == "basic" ? ["--password", "planted-wrong"] : ["--api-token", "glsa_planted", "--auth-method", "api-key-flow-group"];

        var found = await DiagnoseAsync(workspace, 2, words);

        Assert.Equal(("failed", "skipped"), (found["Grafana/credential"].Level, found["Grafana/permissions, version and edition"].Level));
        Assert.Single(grafana.Requests.All, request => request.Credential != CredentialKind.None);
    }

    [Fact]
    public async Task Doctor_TokenWithNarrowPermissions_NamesEach()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace();
        workspace.Variables["BATON_HOSTNAME"] = grafana.BaseAddress.ToString();
        workspace.Variables["BATON_API_TOKEN"] = grafana.AddServiceAccountToken(
            1, GrafanaRole.Viewer, [("orgs:read", ""), ("org.users:read", "users:id:7"), ("org.users:add", "users:*"), ("org.users:remove", "users:id:7")]);

        var without = await DiagnoseAsync(workspace, 2);
        var with = await DiagnoseAsync(workspace, 2, "--provisioning");

        Assert.Equal("the token is one of the organization Main Org. (id 1), which is all that is synced", with["Grafana/credential"].Text);
        Assert.Equal("for accounts, and who has which role in the organization: held for users:id:7 only, and whatever it does not see would look deleted", with["Grafana/permission org.users:read"].Text);
        Assert.Equal("give the service account the basic role Admin, or the permission org.users:read with the scope users:*", with["Grafana/permission org.users:read"].Remedy);
        Assert.Equal(("failed", "note", "ok", "note"), Levels(without));
        Assert.Equal(("failed", "warning", "ok", "warning"), Levels(with));

        static (string, string, string, string) Levels(Dictionary<string, Check> found)
            => (found["Grafana/permission org.users:read"].Level, found["Grafana/permission org.users:write"].Level, found["Grafana/permission org.users:add"].Level, found["Grafana/permission org.users:remove"].Level);
    }

    [Fact]
    public async Task Doctor_OldGrafana_SaysWhatItHasNot()
    {
        await using var grafana = await Workspace.StartGrafanaAsync(new() { Version = GrafanaVersion.Parse("6.5") });
        using var workspace = new Workspace(grafana);

        var found = await DiagnoseAsync(workspace, 0);

        Assert.Equal("Grafana 6.5.0, from before there were permissions: the role of the credential decides", found["Grafana/version"].Text);
        Assert.Equal("note", found["Grafana/permissions"].Level);
    }

    [Fact]
    public async Task Doctor_NoServerAdministrator_SaysSo()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.AddUser(new UserSeed("ada") { Password = "planted-ada-4711" });
        using var workspace = new Workspace(grafana);

        var found = await DiagnoseAsync(workspace, 2, "--username", "ada", "--password", "planted-ada-4711");

        Assert.Equal("ada is signed in, but is not a server administrator", found["Grafana/credential"].Text);
    }

    [Fact]
    public async Task Doctor_Service_AsksThePlatformForATokenAndNothingElse()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var workspace = new Workspace(grafana);
        Use(workspace, platform);
        platform.Tasks.Add(new Baton.Protocol.ConnectorApi.V1.Task { Hello = new() });

        var found = await DiagnoseAsync(workspace, 0);

        Assert.Equal($"brave-otter-12345 at {platform.Address} (BATON_C1_API_HOST)", found["platform/client id"].Text);
        Assert.Equal("ok", found["platform/access token"].Level);
        Assert.Equal("ok", found["platform/clock"].Level);
        Assert.Contains("trusted by the system", found["platform/certificate"].Text, StringComparison.Ordinal);
        Assert.Equal(CallKind.Token, Assert.Single(platform.Calls.All).Kind);
        Assert.False(found.ContainsKey("disk/output"));
        platform.ThrowOnViolations();
    }

    [Fact]
    public async Task Doctor_ClientSecretReplacedAtThePlatform_SaysSo()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var workspace = new Workspace(grafana);
        Use(workspace, platform);
        platform.ReplaceSecret();

        var found = await DiagnoseAsync(workspace, 2);

        Assert.StartsWith("failed to get token: 401 Unauthorized", found["platform/access token"].Text, StringComparison.Ordinal);
        Assert.Contains("BATON_CLIENT_SECRET", found["platform/access token"].Remedy, StringComparison.Ordinal);
        Assert.Single(platform.Calls.All);
    }

    [Fact]
    public async Task Doctor_PlatformOfAPrivateAuthority_NamesTheSetting()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        await using var platform = await FakeControlPlane.StartAsync(cancellationToken: Cancellation);
        using var workspace = new Workspace(grafana);
        Use(workspace, platform);
        workspace.Variables.Remove("SSL_CERT_FILE");

        var distrusted = await DiagnoseAsync(workspace, 2);
        var trusted = await DiagnoseAsync(workspace, 0, "--platform-ca-cert", platform.CertificateAuthorityPath);

        Assert.Equal("name the PEM file of the authority with --platform-ca-cert (BATON_PLATFORM_CA_CERT)", distrusted["platform/certificate"].Remedy);
        Assert.Equal("ok", trusted["platform/access token"].Level);
    }

    [Fact]
    public async Task Doctor_GrafanaOfAPrivateAuthority_NamesTheSetting()
    {
        await using var grafana = await Workspace.StartGrafanaAsync(new() { Https = true });
        using var workspace = new Workspace(grafana);
        var authority = Path.Combine(workspace.Root, "authority.pem");
        await File.WriteAllTextAsync(authority, grafana.CertificateAuthority!.ExportCertificatePem(), Cancellation);

        var distrusted = await DiagnoseAsync(workspace, 2);
        var trusted = await DiagnoseAsync(workspace, 0, "--ca-cert", authority);
        var unchecked_ = await DiagnoseAsync(workspace, 0, "--tls-insecure-skip-verify");

        Assert.Equal(("failed", "name the PEM file of the authority with --ca-cert"), (distrusted["Grafana/certificate"].Level, distrusted["Grafana/certificate"].Remedy));
        Assert.Equal("skipped", distrusted["Grafana/credential and permissions"].Level);
        Assert.Contains($"trusted through {authority}", trusted["Grafana/certificate"].Text, StringComparison.Ordinal);
        Assert.Equal("warning", unchecked_["Grafana/address"].Level);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/", "connection")]
    [InlineData("https://nosuch.invalid/", "name")]
    [InlineData("ftp://grafana/", "settings")]
    [InlineData("not a url", "settings")]
    public async Task Doctor_NoWayToGrafana_SaysWhere(string hostname, string check)
    {
        using var workspace = new Workspace();
        workspace.Variables["BATON_HOSTNAME"] = hostname;
        workspace.Variables["BATON_USERNAME"] = "admin";
        workspace.Variables["BATON_PASSWORD"] = Workspace.Password;

        var found = await DiagnoseAsync(workspace, 2);

        Assert.Equal("failed", found[$"Grafana/{check}"].Level);
    }

    [Fact]
    public async Task Doctor_SomethingElseAnswers_SaysThatItIsNoGrafana()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Faults.On("GET", "^/api/health").HtmlPage();
        using var workspace = new Workspace(grafana);

        var found = await DiagnoseAsync(workspace, 2);

        Assert.Equal($"{grafana.BaseAddress} does not answer as Grafana does: /api/health gave 200, text/html", found["Grafana/health"].Text);
        Assert.DoesNotContain(grafana.Requests.All, request => request.Credential != CredentialKind.None);
    }

    [Fact]
    public async Task Doctor_DatabaseOfGrafanaIsDown_SaysSo()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        grafana.Faults.On("GET", "^/api/health").Respond(503, """{"database":"failing"}""", ("Content-Type", "application/json"));
        using var workspace = new Workspace(grafana);

        Assert.Equal("Grafana says that its database is failing", (await DiagnoseAsync(workspace, 2))["Grafana/health"].Text);
    }

    [Fact]
    public async Task Doctor_ClocksDiffer_IsAWarning()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var date = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("R", CultureInfo.InvariantCulture);
        grafana.Faults.On("GET", "^/api/health").Respond(200, """{"database":"ok","version":"11.3.0"}""", ("Content-Type", "application/json"), ("Date", date));
        using var workspace = new Workspace(grafana);

        Assert.Equal("warning", (await DiagnoseAsync(workspace, 0))["Grafana/clock"].Level);
        await DiagnoseAsync(workspace, 2, "--strict");
    }

    [Fact]
    public async Task Doctor_ConfigurationIncomplete_NamesTheVariablesAndConnectsToNothing()
    {
        using var workspace = new Workspace();
        workspace.Variables["BATON_USERNAME"] = "admin";

        var ended = await Connector.RunAsync(workspace, "doctor", "--output-format", "json");

        Assert.Equal(2, ended.ExitCode);
        var remedies = JsonDocument.Parse(ended.Output).RootElement.GetProperty("checks").EnumerateArray()
            .Where(check => check.TryGetProperty("remedy", out _)).Select(check => check.Text("remedy"));
        Assert.Equal("set BATON_HOSTNAME (--hostname); set BATON_PASSWORD (--password) or BATON_PASSWORD_FILE (--password-file)", string.Join("; ", remedies));
    }

    [Fact]
    public async Task Doctor_FoldersThatCannotBeUsed_AreNamed()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var found = await DiagnoseAsync(workspace, 2, "--file", "/nosuch/folder/sync.c1z", "--c1z-temp-dir", "/nosuch/temporary");

        Assert.Equal("the folder /nosuch/folder does not exist", found["disk/output"].Text);
        Assert.Equal("failed", found["disk/temporary files"].Level);
    }

    [Fact]
    public async Task Doctor_ProxyAndSecrets_AreNotShownInFull()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        workspace.Variables["HTTPS_PROXY"] = "user:planted-proxy@127.0.0.1:9";
        workspace.Variables.Remove("BATON_PASSWORD");
        workspace.Variables["BATON_PASSWORD_FILE"] = SecretFolder.Write(workspace, "password", Workspace.Password);

        var ended = await Connector.RunAsync(workspace, "doctor");

        Assert.Contains("  note    HTTPS_PROXY: http://127.0.0.1:9\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("  note    password: read from its file, not shown (BATON_PASSWORD_FILE)\n", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_UnknownFormat_IsRefused()
    {
        using var workspace = new Workspace();

        (await Connector.RunAsync(workspace, "doctor", "-o", "xml")).Failed(2, "--output-format does not know \"xml\"; it takes text or json");
    }

    private static void Use(Workspace workspace, FakeControlPlane platform)
    {
        foreach (var (name, value) in platform.Environment)
        {
            workspace.Variables[name] = value;
        }
    }

    private static async Task<Dictionary<string, Check>> DiagnoseAsync(Workspace workspace, int exitCode, params string[] arguments)
    {
        var ended = await Connector.RunAsync(workspace, ["doctor", "-o", "json", .. arguments]);
        Assert.True(ended.ExitCode == exitCode, $"exit code {ended.ExitCode} instead of {exitCode}\n{ended.Output}\n{ended.Error}");
        Assert.Equal("", ended.Error);
        Assert.DoesNotContain("planted", ended.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(ended.Output);
        Assert.Equal("baton-grafana", document.RootElement.Text("program"));
        return document.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(
            check => $"{check.Text("area")}/{check.Text("check")}",
            check => new Check(check.Text("level"), check.Text("text"), check.TryGetProperty("remedy", out var remedy) ? remedy.GetString() : null),
            StringComparer.Ordinal);
    }

    private sealed record Check(string Level, string Text, string? Remedy);
}
