using Baton.C1z.Reading;
using Baton.Testing.Grafana;
using Baton.Testing.Hosting;

namespace Baton.EndToEnd.Tests;

/// <summary>Every way to tell the connector where Grafana is and who we are to it.</summary>
public sealed class SyncTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // What somebody has in a team is nothing without the right that it is a grant of.
    [Fact]
    public async Task Sync_OfOneTeam_HasItsEntitlementsToo()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var (ada, team) = (grafana.AddUser("ada"), grafana.AddTeam(1, "SRE"));
        grafana.AddMember(1, ada, GrafanaRole.Viewer);
        grafana.AddTeamMember(team, ada, permission: 4);
        grafana.AddTeam(1, "Data platform");
        using var workspace = new Workspace(grafana);

        (await workspace.SyncAsync("--sync-resources", $"bid:r:team/{team}")).Succeeded();

        Assert.Equal(1, workspace.Read(rows => rows.CountResources("team")));
        Assert.Equal(
            [$"team:{team}:admin", $"team:{team}:member"],
            workspace.Read(rows => rows.Entitlements().Select(entitlement => entitlement.Id).Order(StringComparer.Ordinal).ToList()));
        var grants = workspace.Read(rows => rows.Grants().Select(grant => grant.Entitlement.Id).ToList());
        Assert.NotEmpty(grants);
        Assert.All(grants, entitlement => Assert.NotNull(workspace.Read(rows => rows.FindEntitlement(entitlement))));
    }

    [Fact]
    public async Task Sync_ByFlagsAlone()
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace();

        (await workspace.SyncAsync("--hostname", grafana.BaseAddress.ToString(), "--username=admin", "--password", Workspace.Password)).Succeeded();

        WholeServer(workspace);
    }

    [Fact]
    public async Task Sync_ByEnvironmentAlone_IsTheOfficialManifestOfAServer()
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace(grafana);
        Assert.Equal(["BATON_HOSTNAME", "BATON_PASSWORD", "BATON_USERNAME"], workspace.Variables.Keys.Order(StringComparer.Ordinal));

        (await Connector.RunAsync(workspace)).Succeeded();

        // Where nobody says, the file is in the working folder.
        File.Move(Path.Combine(workspace.Folder, "sync.c1z"), workspace.File);
        WholeServer(workspace);
    }

    [Fact]
    public async Task Sync_ByHostnameAndTokenAlone_IsTheOfficialManifestOfTheCloud()
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace
        {
            Variables = { ["BATON_HOSTNAME"] = grafana.BaseAddress.ToString(), ["BATON_API_TOKEN"] = grafana.AddServiceAccountToken(DemoGrafana.Platform) },
        };

        (await workspace.SyncAsync()).Succeeded();

        OnlyPlatform(workspace);
    }

    [Theory]
    [InlineData(".baton.yaml", null)]
    [InlineData(null, "settings.yml")]
    public async Task Sync_ByFileAlone(string? usual, string? named)
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace();
        var path = usual is not null ? Path.Combine(workspace.Folder, usual) : Path.Combine(workspace.Root, named!);
        await File.WriteAllTextAsync(
            path, $"hostname: {grafana.BaseAddress}\nusername: admin\npassword: \"{Workspace.Password}\"\nfile: {workspace.File}\nunknown: ignored\n", Cancellation);
        if (named is not null)
        {
            workspace.Variables["BATON_CONFIG_PATH"] = path;
        }

        (await Connector.RunAsync(workspace)).Succeeded();

        WholeServer(workspace);
    }

    [Fact]
    public async Task Sync_FlagBeforeEnvironmentBeforeFile()
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace
        {
            Variables = { ["BATON_HOSTNAME"] = "http://from-environment.invalid", ["BATON_USERNAME"] = "admin", ["BATON_PASSWORD"] = "" },
        };
        await File.WriteAllTextAsync(
            Path.Combine(workspace.Folder, ".baton.yaml"), $"hostname: http://from-file.invalid\nusername: nobody\npassword: {Workspace.Password}\n", Cancellation);

        (await workspace.SyncAsync("--hostname", grafana.BaseAddress.ToString())).Succeeded();
    }

    [Fact]
    public async Task Sync_BothCredentials_IsRefusedInOneLine()
    {
        await using var grafana = await StartAsync();
        var token = grafana.AddServiceAccountToken(DemoGrafana.Platform);
        using var workspace = new Workspace(grafana) { Variables = { ["BATON_API_TOKEN"] = token } };

        var ended = (await workspace.SyncAsync()).Failed(2, "BATON_AUTH_METHOD");

        Assert.DoesNotContain(token, ended.Error, StringComparison.Ordinal);
        Assert.Empty(grafana.Requests.All);
        workspace.HoldsOnly();

        workspace.Variables["BATON_AUTH_METHOD"] = "api-key-flow-group";
        (await workspace.SyncAsync()).Succeeded();
        OnlyPlatform(workspace);

        workspace.Variables["BATON_AUTH_METHOD"] = "basic-auth-flow-group";
        (await workspace.SyncAsync()).Succeeded();
        WholeServer(workspace);
    }

    [Fact]
    public async Task Sync_SubPath()
    {
        await using var grafana = await StartAsync(new FakeGrafanaOptions { SubPath = "/tools/grafana" });
        using var workspace = new Workspace(grafana) { Variables = { ["BATON_HOSTNAME"] = grafana.BaseAddress.ToString().TrimEnd('/') } };

        (await workspace.SyncAsync()).Succeeded();

        WholeServer(workspace);
    }

    [Fact]
    public async Task Sync_Https_WithAPrivateAuthority()
    {
        await using var grafana = await StartAsync(new FakeGrafanaOptions { Https = true });
        using var workspace = new Workspace(grafana);
        var authority = Path.Combine(workspace.Root, "ca.pem");
        await File.WriteAllTextAsync(authority, grafana.CertificateAuthority!.ExportCertificatePem(), Cancellation);

        (await workspace.SyncAsync()).Failed(14, "--ca-cert");
        workspace.HoldsOnly();
        (await workspace.SyncAsync("--ca-cert", authority)).Succeeded();
        WholeServer(workspace);
    }

    [Fact]
    public async Task Sync_ThroughAProxy_AsksItForTheHost()
    {
        await using var grafana = await StartAsync();
        await using var proxy = new ForwardProxy(grafana.BaseAddress.Port);
        using var workspace = new Workspace(grafana)
        {
            Variables = { ["BATON_HOSTNAME"] = "http://grafana.invalid", ["http_proxy"] = proxy.Address },
        };

        (await workspace.SyncAsync()).Succeeded();

        WholeServer(workspace);
        Assert.All(proxy.Requests, request => Assert.StartsWith("GET http://grafana.invalid/api/", request, StringComparison.Ordinal));
        Assert.NotEmpty(proxy.Requests);
    }

    [Fact]
    public async Task Sync_ThroughAProxy_TunnelsHttps()
    {
        await using var grafana = await StartAsync(new FakeGrafanaOptions { Https = true });
        await using var proxy = new ForwardProxy(grafana.BaseAddress.Port);
        using var workspace = new Workspace(grafana)
        {
            Variables = { ["BATON_HOSTNAME"] = $"https://{FakeGrafana.OtherName}:4443", ["HTTPS_PROXY"] = proxy.Address, ["BATON_CA_CERT"] = "ca.pem" },
        };
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, "ca.pem"), grafana.CertificateAuthority!.ExportCertificatePem(), Cancellation);

        (await workspace.SyncAsync()).Succeeded();

        Assert.All(proxy.Requests, request => Assert.StartsWith($"CONNECT {FakeGrafana.OtherName}:4443 ", request, StringComparison.Ordinal));
        Assert.NotEmpty(proxy.Requests);
    }

    [Fact]
    public async Task Sync_ProxyRefuses_ShowsNoPassword()
    {
        await using var grafana = await StartAsync(new FakeGrafanaOptions { Https = true });
        await using var proxy = new ForwardProxy(grafana.BaseAddress.Port, refuses: true);
        using var workspace = new Workspace(grafana)
        {
            Variables = { ["BATON_HOSTNAME"] = $"https://{FakeGrafana.OtherName}", ["HTTPS_PROXY"] = proxy.Address.Replace("://", "://proxyuser:planted-proxy-password@", StringComparison.Ordinal), ["BATON_RETRY_LIMIT"] = "0" },
        };

        var ended = (await workspace.SyncAsync("--log-level", "debug")).Failed(14, "proxy");

        Assert.DoesNotContain("planted-proxy-password", ended.Error, StringComparison.Ordinal);
        workspace.HoldsOnly();
    }

    [Fact]
    public async Task Sync_ProxyRefusesPlainHttp_IsToldFromGrafana()
    {
        await using var proxy = new ForwardProxy(target: 0, refuses: true);
        using var workspace = new Workspace
        {
            Variables = { ["BATON_HOSTNAME"] = "http://grafana.invalid", ["BATON_USERNAME"] = "admin", ["BATON_PASSWORD"] = Workspace.Password, ["http_proxy"] = proxy.Address },
        };

        (await workspace.SyncAsync()).Failed(3, "a proxy in between asks who we are (407)");
    }

    [Fact]
    public async Task Sync_OfThisMachine_GoesAroundTheProxy()
    {
        await using var grafana = await StartAsync();
        await using var proxy = new ForwardProxy(grafana.BaseAddress.Port, refuses: true);
        using var workspace = new Workspace(grafana) { Variables = { ["http_proxy"] = proxy.Address } };

        (await workspace.SyncAsync()).Succeeded();

        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sync_ThroughAGatewayThatWantsHeaders_SendsThemAndShowsThemNowhere(bool fromFile)
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace(grafana);
        const string lines = "CF-Access-Client-Id: planted-gateway-id\nCF-Access-Client-Secret: planted-gateway-secret\n";
        workspace.Variables[fromFile ? "BATON_HTTP_HEADER_FILE" : "BATON_HTTP_HEADER"] = fromFile ? SecretFolder.Write(workspace, "headers", lines) : lines;

        var ended = (await workspace.SyncAsync("--log-level", "debug")).Succeeded();

        Assert.All(grafana.Requests.All, request => Assert.Equal(
            ("planted-gateway-id", "planted-gateway-secret"), (request.Headers["CF-Access-Client-Id"], request.Headers["CF-Access-Client-Secret"])));
        Assert.DoesNotContain("planted-gateway", ended.Error + ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_GatewaysHeaderThatIsRepeatedByAnAnswer_IsRedacted()
    {
        await using var grafana = await StartAsync();
        grafana.Faults.On("GET", "^/api/user$").Respond(403, """{"message":"no service token planted-gateway-secret here"}""");
        using var workspace = new Workspace(grafana);

        var ended = (await workspace.SyncAsync("--http-header", "A: 1", "--http-header", "CF-Access-Client-Secret: planted-gateway-secret")).Failed(7, "no service token");

        Assert.DoesNotContain("planted", ended.Error + ended.Output, StringComparison.Ordinal);
        Assert.Equal("1", grafana.Requests.All[0].Headers["A"]);
    }

    [Fact]
    public async Task Sync_HeaderThatIsNone_IsRefusedWithoutRepeatingIt()
    {
        using var workspace = new Workspace { Variables = { ["BATON_HOSTNAME"] = "grafana.example.test", ["BATON_API_TOKEN"] = "t" } };

        var ended = (await workspace.SyncAsync("--http-header", "planted secret without a name")).Failed(2, "line 1 must be a header, as Name: value");

        Assert.DoesNotContain("planted", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_IntoTheSameFile_KeepsTheFirst()
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace(grafana);
        (await workspace.SyncAsync()).Succeeded();
        string first;
        using (var file = workspace.Open())
        {
            first = Assert.Single(file.Syncs.All()).Id;
        }

        grafana.AddMember(1, grafana.AddUser("newcomer"), GrafanaRole.Viewer);
        (await workspace.SyncAsync()).Succeeded();

        using var both = workspace.Open();
        Assert.Equal(2, both.Syncs.All().Count);
        Assert.Equal(first, both.Syncs.All()[0].Id);
        Assert.DoesNotContain("newcomer", Names(both.Read(both.Syncs.All()[0])));
        Assert.Contains("newcomer", Names(both.Read(both.Syncs.LatestFinished()!)));
        workspace.HoldsOnly("sync.c1z");

        static IEnumerable<string> Names(SyncReader reader) => reader.Resources().Select(resource => resource.DisplayName);
    }

    [Fact]
    public async Task Sync_SelectedTypes_OnlyThose()
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace(grafana);

        (await workspace.SyncAsync("--sync-resource-types", "user")).Succeeded();

        Assert.Equal(12, workspace.Read(rows => rows.Resources().Count()));
        Assert.Equal(0, workspace.Read(rows => rows.Grants().Count()));
        Assert.DoesNotContain(grafana.Requests.Lines, line => line.Contains("/api/orgs/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_UnknownType_IsRefused()
    {
        await using var grafana = await StartAsync();
        using var workspace = new Workspace(grafana);

        (await workspace.SyncAsync("--sync-resource-types", "user,nope")).Failed(2, "invalid resource type 'nope' in filter");

        workspace.HoldsOnly();
    }

    private static async Task<FakeGrafana> StartAsync(FakeGrafanaOptions? options = null)
    {
        var (grafana, _) = await DemoGrafana.StartAsync((options ?? new FakeGrafanaOptions()) with { AdminPassword = Workspace.Password }, Cancellation);
        return grafana;
    }

    private static void WholeServer(Workspace workspace)
    {
        Assert.Equal((12L, 3L), workspace.Read(rows => (rows.CountResources("user"), rows.CountResources("org"))));
        var grants = workspace.Read(rows => rows.Grants().Select(grant => grant.Id).ToList());
        Assert.Contains("org:2:None:user:12", grants);
        Assert.Equal(
            ["team:1:admin:user:2", "team:1:member:user:2", "team:1:member:user:4", "team:2:member:user:3", "team:3:member:user:4"],
            grants.Where(grant => grant.StartsWith("team:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        workspace.HoldsOnly("sync.c1z");
    }

    private static void OnlyPlatform(Workspace workspace)
    {
        Assert.Equal((4L, 1L), workspace.Read(rows => (rows.CountResources("user"), rows.CountResources("org"))));
        Assert.Equal(
            ["org:2:Admin:service_account:17", "org:2:Admin:user:1", "org:2:Editor:user:4", "org:2:None:user:12", "org:2:Viewer:service_account:16", "org:2:Viewer:user:2", "team:3:member:user:4"],
            workspace.Read(rows => rows.Grants().Select(grant => grant.Id).Order(StringComparer.Ordinal).ToList()));
        workspace.HoldsOnly("sync.c1z");
    }
}
