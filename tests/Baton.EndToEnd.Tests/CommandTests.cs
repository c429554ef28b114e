using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Baton.EndToEnd.Tests;

/// <summary>Everything that needs no Grafana.</summary>
public sealed class CommandTests
{
    private static readonly string[] EveryFlag = ["--hostname string", "--username string", "--password string", "--api-token string", "-f, --file string", "--log-level string"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Capabilities_NeedNothingAndAreOneDocument()
    {
        using var workspace = new Workspace { Variables = { ["BATON_CONFIG_PATH"] = "" } };

        var ended = (await Connector.RunAsync(workspace, "capabilities")).Succeeded();

        Assert.Equal("", ended.Error);
        Assert.StartsWith("{", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("}", ended.Output, StringComparison.Ordinal);
        var document = JsonNode.Parse(ended.Output)!;
        Assert.Equal("type.googleapis.com/c1.connector.v2.ConnectorCapabilities", (string?)document["@type"]);
        var types = document["resourceTypeCapabilities"]!.AsArray().ToDictionary(type => (string)type!["resourceType"]!["id"]!, type => type!, StringComparer.Ordinal);
        Assert.Equal(types.Keys.Order(StringComparer.Ordinal), types.Keys);
        Assert.Equal(["org.users:read", "org.users:write", "org.users:remove"], Permissions("org"));
        Assert.Equal(["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC", "CAPABILITY_PROVISION"], Capabilities("org"));
        Assert.Equal(["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC", "CAPABILITY_ACCOUNT_PROVISIONING", "CAPABILITY_RESOURCE_DELETE"], Capabilities("user"));
        Assert.Equal(["teams:read", "teams.permissions:read", "teams.permissions:write", "teams.roles:read"], Permissions("team"));
        Assert.Equal(["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC", "CAPABILITY_PROVISION"], Capabilities("team"));
        Assert.Equal(["users:read", "users.permissions:write"], Permissions("instance"));
        Assert.False(IsOptIn("instance"));
        Assert.Equal(["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC", "CAPABILITY_PROVISION"], Capabilities("instance"));
        Assert.Equal(["org.users:add"], Permissions("invitation"));
        Assert.True(IsOptIn("invitation"));
        Assert.Equal(["CAPABILITY_SYNC", "CAPABILITY_RESOURCE_DELETE"], Capabilities("invitation"));
        Assert.Equal(["roles:read"], Permissions("role"));
        Assert.True(IsOptIn("role"));
        Assert.Equal(["CAPABILITY_SYNC"], Capabilities("role"));
        Assert.Equal(
            "CAPABILITY_DETAIL_CREDENTIAL_OPTION_RANDOM_PASSWORD",
            (string?)document["credentialDetails"]!["capabilityAccountProvisioning"]!["preferredCredentialOption"]);
        Assert.Equal(
            "type.googleapis.com/c1.connector.v2.SkipEntitlementsAndGrants", (string?)types["user"]["resourceType"]!["annotations"]![0]!["@type"]);
        workspace.HoldsOnly();

        string[] Capabilities(string type) => [.. types[type]["capabilities"]!.AsArray().Select(capability => (string)capability!)];

        string[] Permissions(string type) => [.. types[type]["permissions"]!["permissions"]!.AsArray().Select(permission => (string)permission!["permission"]!)];

        bool IsOptIn(string type) => (bool?)types[type]["optInRequired"] == true;
    }

    [Fact]
    public async Task Capabilities_OfServiceAccounts_AreUpstreams()
    {
        using var workspace = new Workspace { Variables = { ["BATON_CONFIG_PATH"] = "" } };

        var document = JsonNode.Parse((await Connector.RunAsync(workspace, "capabilities")).Succeeded().Output)!;

        // Upstream's, beside that single ones can be read.
        var types = document["resourceTypeCapabilities"]!.AsArray().ToDictionary(type => (string)type!["resourceType"]!["id"]!, StringComparer.Ordinal);
        const string account = """
            {
              "resourceType": {
                "id": "service_account", "displayName": "Service Account", "traits": ["TRAIT_USER"],
                "annotations": [
                  {"@type": "type.googleapis.com/c1.connector.v2.CapabilityPermissions", "permissions": [{"permission": "serviceaccounts:read"}]},
                  {"@type": "type.googleapis.com/c1.connector.v2.SkipEntitlements"}
                ]
              },
              "capabilities": ["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC", "CAPABILITY_CREDENTIAL_ISSUE"],
              "permissions": {"permissions": [{"permission": "serviceaccounts:read"}]},
              "credentialIssue": {
                "options": [
                  {
                    "option": "CAPABILITY_DETAIL_CREDENTIAL_OPTION_API_KEY", "expiry": {"min": "60s"},
                    "resourceMode": "CREDENTIAL_RESOURCE_MODE_DISCOVERABLE", "secretResourceTypeId": "service_account_token"
                  }
                ],
                "preferredOption": "CAPABILITY_DETAIL_CREDENTIAL_OPTION_API_KEY"
              }
            }
            """;
        const string token = """
            {
              "resourceType": {
                "id": "service_account_token", "displayName": "Service Account Token", "traits": ["TRAIT_SECRET"],
                "annotations": [
                  {"@type": "type.googleapis.com/c1.connector.v2.SkipEntitlementsAndGrants"},
                  {"@type": "type.googleapis.com/c1.connector.v2.OptInRequired"},
                  {
                    "@type": "type.googleapis.com/c1.connector.v2.CapabilityPermissions",
                    "permissions": [{"permission": "serviceaccounts:read"}, {"permission": "serviceaccounts:write"}]
                  }
                ],
                "description": "A Grafana service-account token. Owned by, and deleted through, its service account."
              },
              "capabilities": ["CAPABILITY_SYNC", "CAPABILITY_TARGETED_SYNC", "CAPABILITY_RESOURCE_DELETE"],
              "permissions": {"permissions": [{"permission": "serviceaccounts:read"}, {"permission": "serviceaccounts:write"}]},
              "optInRequired": true
            }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(account), types["service_account"]), types["service_account"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(token), types["service_account_token"]), types["service_account_token"]!.ToJsonString());
        Assert.Contains("CAPABILITY_CREDENTIAL_ISSUE", document["connectorCapabilities"]!.AsArray().Select(capability => (string?)capability));
    }

    [Fact]
    public async Task Config_IsUpstreamsDocumentAndTheRoleScope()
    {
        using var workspace = new Workspace();

        var ended = (await Connector.RunAsync(workspace, "config")).Succeeded();

        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "TestData", "grafana-config.json"), Cancellation));
        var document = JsonNode.Parse(ended.Output)!;
        var fields = document["fields"]!.AsArray();
        var scope = fields.Single(field => (string?)field!["name"] == "role-scope")!;
        fields.Remove(scope);
        Assert.True(JsonNode.DeepEquals(expected, document), ended.Output);
        Assert.Equal("irm-oncall", (string?)scope["stringField"]!["defaultValue"]);
        Assert.Equal("", ended.Error);
    }

    [Fact]
    public async Task Completion_Bash_IsAScriptThatBashTakes()
    {
        using var workspace = new Workspace();
        var ended = (await Connector.RunAsync(workspace, "completion", "bash")).Succeeded();
        var script = Path.Combine(workspace.Root, "completion.sh");
        await File.WriteAllTextAsync(script, ended.Output, Cancellation);

        var start = new ProcessStartInfo("bash", ["-c", $"set -e; source '{script}'; complete -p baton-grafana"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync(Cancellation);
        await bash.WaitForExitAsync(Cancellation);

        Assert.Equal(0, bash.ExitCode);
        Assert.EndsWith("baton-grafana", output.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public async Task Help_ListsCommandsAndFlags(string word)
    {
        using var workspace = new Workspace();

        var ended = (await Connector.RunAsync(workspace, word)).Succeeded();

        Assert.Equal("", ended.Error);
        Assert.Contains("\nUsage:\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("capabilities", ended.Output, StringComparison.Ordinal);
        Assert.All(EveryFlag, flag => Assert.Contains(flag, ended.Output, StringComparison.Ordinal));
        Assert.Contains("($BATON_HOSTNAME)", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--c1z-temp-dir", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-v")]
    public async Task Version_IsOneLine(string word)
    {
        using var workspace = new Workspace();

        Assert.Matches(@"^baton-grafana version \S+\n$", (await Connector.RunAsync(workspace, word)).Succeeded().Output);
    }

    [Theory]
    [InlineData("unknown flag: --nope", "config", "--nope")]
    [InlineData("unknown flag: --nope", "--nope")]
    [InlineData("unknown flag: --hostname", "capabilities", "--hostname", "x")]
    [InlineData("unknown flag: --hostname", "--hostname", "x", "capabilities")]
    [InlineData("unknown command for \"baton-grafana\": word 1 of the command line is neither a command nor a flag", "sync")]
    [InlineData("unknown command \"false\"", "--provisioning", "false")]
    [InlineData("flag needs an argument: --hostname", "--hostname")]
    [InlineData("invalid argument \"abc\" for \"--workers\" flag", "--workers", "abc")]
    [InlineData("invalid argument \"maybe\" for \"-p, --provisioning\" flag", "--provisioning=maybe")]
    public async Task CommandLine_Wrong_IsOneLineAndCode2(string why, params string[] words)
    {
        using var workspace = new Workspace();

        (await Connector.RunAsync(workspace, words)).Failed(2, why);

        workspace.HoldsOnly();
    }

    [Theory]
    [InlineData("capabilities")]
    [InlineData("config")]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task Output_CannotBeWritten_IsOneLineAndCode2(string word)
    {
        using var workspace = new Workspace();

        await using var connector = Connector.StartIn(workspace, ["bash", "-c", "exec \"$@\" > /dev/full", "redirected"], [word]);

        (await connector.EndAsync()).Failed(2, "No space left on device");
    }

    [Theory]
    [InlineData("2> /dev/full")]
    [InlineData("2>&-")]
    public async Task Error_CannotBeWritten_StillGivesTheExitCode(string redirection)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);
        await using (var good = Connector.StartIn(workspace, ["bash", "-c", $"exec \"$@\" {redirection}", "redirected"], ["--file", workspace.File]))
        {
            Assert.Equal(0, (await good.EndAsync()).ExitCode);
        }

        workspace.Variables["BATON_PASSWORD"] = "wrong";
        await using var bad = Connector.StartIn(workspace, ["bash", "-c", $"exec \"$@\" {redirection}", "redirected"], ["--file", workspace.File]);
        Assert.Equal(16, (await bad.EndAsync()).ExitCode);
        workspace.HoldsOnly("sync.c1z");
    }

    [Theory]
    [InlineData("", "hostname username password")]
    [InlineData("api-key-flow-group", "hostname api-token")]
    public async Task Configuration_Nothing_NamesAllThatIsMissing(string method, string fields)
    {
        using var workspace = new Workspace { Variables = { ["BATON_AUTH_METHOD"] = method } };

        var ended = await workspace.SyncAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Equal(
            ["errors found:", .. fields.Split(' ').Select(field => $"field {field} of type string is marked as required but it has a zero-value")], ended.Said);
        Assert.Empty(ended.Log);
        workspace.HoldsOnly();
    }

    [Theory]
    [InlineData("if any flags in the group [client-id client-secret] are set they must all be set; missing [client-secret]", "--client-id", "x")]
    [InlineData("skip-grants can only be set within a targeted sync", "--skip-grants")]
    [InlineData("the specified c1z temp dir does not exist", "--c1z-temp-dir", "nowhere")]
    [InlineData("the specified external resource c1z file does not exist: nowhere.c1z", "--external-resource-c1z", "nowhere.c1z")]
    [InlineData("error parsing baton id", "--sync-resources", "user/1")]
    [InlineData("field http-timeout-seconds: value must be greater than or equal to 1 but got 0", "--http-timeout-seconds", "0")]
    [InlineData("c1zPath must be set", "--file", "")]
    [InlineData("hostname cannot be used: its scheme is ftp", "--hostname", "ftp://grafana.example.com")]
    [InlineData("hostname cannot be used: it contains credentials", "--hostname", "http://admin:planted-password-4711@127.0.0.1")]
    [InlineData("username cannot be used", "--username", "a:b")]
    [InlineData("open sink", "--log-path", "/nowhere/at/all.log")]
    public async Task Configuration_Wrong_IsRefusedBeforeAnything(string why, params string[] words)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = await workspace.SyncAsync(words);

        Assert.True(ended.ExitCode is 2 or 3, $"{ended.ExitCode}\n{ended.Error}");
        Assert.Contains(why, ended.Said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected failure", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Workspace.Password, ended.Error, StringComparison.Ordinal);
        Assert.Empty(grafana.Requests.All);
        workspace.HoldsOnly();
    }

    [Theory]
    [InlineData("settings.json", "{}", "expected config file to have .yaml or .yml extension")]
    [InlineData("missing.yaml", null, "does not exist, although BATON_CONFIG_PATH names it")]
    [InlineData("broken.yaml", "hostname: [", "is malformed")]
    public async Task ConfigurationFile_Wrong_IsNamed(string name, string? text, string why)
    {
        using var workspace = new Workspace();
        var path = Path.Combine(workspace.Root, name);
        workspace.Variables["BATON_CONFIG_PATH"] = path;
        if (text is not null)
        {
            await File.WriteAllTextAsync(path, text, Cancellation);
        }

        (await workspace.SyncAsync()).Failed(2, why);
    }

    [Theory]
    [InlineData(12, "resource type does not have credential manager configured", "--rotate-credentials", "1", "--rotate-credentials-type", "user")]
    [InlineData(5, "error: event feed id baton_feed_event not found", "--event-feed", "true")]
    [InlineData(12, "ticket manager not implemented", "--list-ticket-schemas")]
    [InlineData(12, "ticket manager not implemented", "--get-ticket", "--ticket-id", "1")]
    public async Task Operations_ThatGrafanaHasNot_DoNotBecomeASync(int exitCode, string why, params string[] words)
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync(words)).FailedWithResult(exitCode);

        Assert.Equal(why, ended.Said[0]);
        Assert.Empty(grafana.Requests.All);
        workspace.HoldsOnly();
    }
}
