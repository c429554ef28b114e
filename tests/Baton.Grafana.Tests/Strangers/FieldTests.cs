using Baton.Grafana.Accounts;
using Baton.Grafana.ServiceAccounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Grafana.Tests.Strangers;

/// <summary>What was seen in the field, one by one, against whole syncs where it is about what a sync says.</summary>
public sealed class FieldTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_EmptyInEveryOrganization_IsAnErrorAndTheOldFileStays()
        => await RefusesAsync(
            faults => faults.On("GET", "^/api/orgs/[0-9]+/users").Respond(200, "[]"),
            "Grafana contradicts itself: it lists 0 members of organization");

    [Theory]
    [InlineData("""[{"id":1,"name":"Main Org."}]""", "it lists 1 organizations")]
    [InlineData("[]", "it lists 0 organizations")]
    [InlineData("""[{"id":2,"name":"Platform team"},{"id":3,"name":"Research"}]""", "our own account belongs to organization 1 (Main Org.), which is none of them")]
    public async Task Organizations_FewerThanOurAccountBelongsTo_IsAnErrorAndTheOldFileStays(string body, string expected)
        => await RefusesAsync(faults => faults.On("GET", "^/api/orgs\\?").Respond(200, body), expected);

    [Theory]
    [InlineData("^/api/orgs/1/users", "no list")]
    [InlineData("^/api/teams/[0-9]+/members", "no list")]
    [InlineData("^/api/orgs\\?", "null")]
    [InlineData("^/api/user/orgs", "null")]
    [InlineData("^/api/org/invites", "null")]
    [InlineData("^/api/serviceaccounts/search", "null")]
    public async Task AnyList_Null_IsAnErrorAndTheOldFileStays(string path, string expected)
        => await RefusesAsync(faults => faults.On("GET", path).Respond(200, "null"), expected, isOfModernAlone: path.Contains("serviceaccounts", StringComparison.Ordinal));

    [Theory]
    [InlineData("""[{"orgId":1,"userId":0,"login":"ada","role":"Viewer"},{"orgId":1,"userId":0,"login":"grace","role":"Admin"}]""", "a row with the id 0")]
    [InlineData("""[{"orgId":1,"userId":-3,"login":"ada","role":"Viewer"}]""", "a row with the id -3")]
    [InlineData("""[{"orgId":1,"userId":1,"role":"Viewer"},{"orgId":1,"userId":1,"role":"Admin"}]""", "Grafana contradicts itself: account 1 is Admin of organization 1 (Main Org.)")]
    [InlineData("""[{"orgId":1,"userId":1,"role":""}]""", "without a role")]
    [InlineData("""[{"orgId":2,"userId":1,"role":"Admin"}]""", "asked for the members of organization 1 (Main Org.), Grafana answers with some of organization 2")]
    [InlineData("""[{"orgId":1,"userId":2,"role":"Admin"}]""", "our own account is Admin there")]
    public async Task Members_IdsOrRolesThatCannotBe_AreRefusedAndTheOldFileStays(string body, string expected)
        => await RefusesAsync(faults => faults.On("GET", "^/api/orgs/1/users").Respond(200, body), expected);

    [Theory]
    [InlineData("""[{"orgId":1,"name":"Main Org.","role":"Admin"},{"orgId":1,"name":"Main Org.","role":"Viewer"}]""", "one organization twice, with different roles")]
    [InlineData("""[{"orgId":0,"name":"Main Org.","role":"Admin"}]""", "a row with the id 0")]
    [InlineData("""[{"orgId":1,"name":"Main Org."}]""", "a membership without a role")]
    public async Task OwnOrganizations_ThatCannotBe_AreRefusedAndTheOldFileStays(string body, string expected)
        => await RefusesAsync(faults => faults.On("GET", "^/api/user/orgs").Respond(200, body), expected);

    [Fact]
    public async Task OwnOrganizations_TheSameOneTwice_IsTakenOnce()
    {
        await using var grafana = await StartAsync();
        using var sync = new RepeatedSync(grafana.BaseAddress);
        Assert.Equal(0, await sync.RunAsync());
        var truth = sync.Grants();
        grafana.Faults.On("GET", "^/api/user/orgs").Respond(
            200,
            """[{"orgId":1,"name":"Main Org.","role":"Admin"},{"orgId":1,"name":"Main Org.","role":"Admin"},{"orgId":2,"name":"Platform team","role":"Admin"},{"orgId":3,"name":"Research & Development (EU)","role":"Admin"}]""");

        Assert.Equal(0, await sync.RunAsync());

        Assert.Equal(truth.Order(StringComparer.Ordinal), sync.Grants().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Organization_ReallyEmptyAndNotOurs_IsSynced()
    {
        // Not to be mistaken for a contradiction.
        await using var grafana = await StartAsync();
        grafana.AddOrganization("Empty");
        using var sync = new RepeatedSync(grafana.BaseAddress);

        Assert.Equal(0, await sync.RunAsync());

        Assert.Contains("has no members", sync.Error, StringComparison.Ordinal);
        Assert.Equal(4, sync.Resources("org").Count);
    }

    [Fact]
    public async Task Members_HiddenFromAToken_AreSyncedWithoutThem()
    {
        // Not to be mistaken for a contradiction.
        var (grafana, token) = await DemoGrafana.StartAsync(new FakeGrafanaOptions { AdminPassword = TestConnector.Password, HiddenUsers = ["grace"] }, Cancellation);
        await using var instance = grafana;
        using var sync = new RepeatedSync(grafana.BaseAddress, token);

        Assert.Equal(0, await sync.RunAsync());

        Assert.DoesNotContain("org:1:Editor:user:3", sync.Grants());
        Assert.Contains("org:1:Viewer:user:4", sync.Grants());
    }

    [Fact]
    public async Task Members_NoneOfManyToAToken_IsAnError()
    {
        var (grafana, token) = await DemoGrafana.StartAsync(new FakeGrafanaOptions { AdminPassword = TestConnector.Password }, Cancellation);
        await using var instance = grafana;
        grafana.Faults.On("GET", "^/api/org/users/search").Respond(200, """{"totalCount":10,"orgUsers":[],"page":1,"perPage":1000}""");
        using var sync = new RepeatedSync(grafana.BaseAddress, token);

        Assert.NotEqual(0, await sync.RunAsync());

        Assert.Contains("contradicts itself: it lists no members of the token's organization", sync.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TeamMembers_NoneOfManyThatAreCounted_IsAnErrorAndTheOldFileStays()
        => await RefusesAsync(
            faults => faults.On("GET", "^/api/teams/[0-9]+/members").Respond(200, "[]"),
            "Grafana contradicts itself: it lists no members of team",
            isOfModernAlone: true);

    [Theory]
    [InlineData("6.5")]
    [InlineData("7.5")]
    public async Task TeamMembers_NoneOfManyThatAreCountedBefore9_IsAWarning(string version)
    {
        // The count is no proof there: it holds what deleted accounts left behind.
        await using var grafana = await StartAsync(version);
        using var sync = new RepeatedSync(grafana.BaseAddress);
        grafana.Faults.On("GET", "^/api/teams/1/members").Respond(200, "[]");

        Assert.Equal(0, await sync.RunAsync());

        Assert.Matches("Grafana counts 2 members of team 1 .* and shows 0", sync.Error);
    }

    [Fact]
    public async Task Administrators_WithoutOurAccount_IsAnErrorAndTheOldFileStays()
        => await RefusesAsync(
            faults => faults.On("GET", "^/api/users/search").Respond(200, """{"totalCount":1,"users":[{"id":1,"login":"admin","isAdmin":false}],"page":1,"perPage":1000}"""),
            "our own account 1, which lists them, is none of them");

    [Fact]
    public async Task Token_Revoked_IsDisabled()
    {
        await using var grafana = await TestConnector.StartAsync("12.1");
        var account = grafana.AddServiceAccount(1, "ci", GrafanaRole.Viewer);
        var (live, revoked) = (ServiceAccountTokenResource.Make(account, new() { Id = 1, Name = "live" }), ServiceAccountTokenResource.Make(account, new() { Id = 2, Name = "old", IsRevoked = true }));

        Assert.Null(live.Status);
        Assert.Equal((ResourceStatus.Disabled, "revoked"), (revoked.Status.Status_, revoked.Status.Details));
    }

    [Theory]
    [InlineData("2014-03-01T00:00:00Z", "2016-10-01T00:00:00Z", true)]
    [InlineData("2014-03-01T00:00:00Z", "2004-03-01T00:00:00Z", false)]
    [InlineData("2026-11-30T00:00:00Z", "2016-11-30T00:00:00Z", false)]
    [InlineData(null, "2016-10-01T00:00:00Z", false)]
    [InlineData(null, "2020-10-01T00:00:00Z", true)]
    public void LastSeen_LongAgo_IsNeverOnlyBeforeTheAccountWasMade(string? created, string seen, bool isSeen)
    {
        var account = new Account { Id = 5, Login = "ada", CreatedAt = created, LastSeenAt = seen };

        var resource = AccountResource.Make(account, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(isSeen, Annotations.Find<UserTrait>(resource.Annotations)!.LastLogin is not null);
    }

    [Fact]
    public async Task ServerAdministrator_OfNoOrganization_IsToldWhereToBelong()
    {
        await using var grafana = await TestConnector.StartAsync("11.3");
        grafana.Faults.On("GET", "^/api/(users|orgs)").Respond(403, """{"message":"You'll need additional permissions to perform this action. Permissions needed: orgs:read"}""");
        grafana.Faults.On("GET", "^/api/user/orgs").Respond(200, "[]");
        await using var connector = TestConnector.Create(grafana);

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("add it to an organization", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_AccountThatIsNotFoundByLoginOrAddress_IsToldWhy()
    {
        await using var grafana = await TestConnector.StartAsync("11.0");
        var ada = grafana.AddUser("Ada", "Ada@example.com");
        var platform = grafana.AddOrganization("Platform");
        grafana.Faults.On("GET", "^/api/users/lookup").Respond(404, """{"message":"user not found"}""");
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => connector.Organizations.GrantAsync(
            new() { Id = $"org:{platform}:Viewer", Resource = TestConnector.Organization(platform) }, new() { Id = AccountResource.IdOf(ada) }, new Change(), Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("finds nobody by that login", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another account", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TeamMembers_ThatAreNoAccounts_AreNoDanglingPrincipals()
    {
        await using var grafana = await StartAsync("12.1");
        var robot = grafana.AddServiceAccount(1, "team-robot", GrafanaRole.Viewer);
        grafana.Faults.On("GET", "^/api/teams/1/members").Respond(
            200,
            $$"""[{"orgId":1,"teamId":1,"userId":0,"permission":0},{"orgId":1,"teamId":1,"userId":{{robot}},"permission":0},{"orgId":1,"teamId":1,"userId":9999,"permission":0},{"orgId":1,"teamId":1,"userId":2,"permission":4}]""");
        using var sync = new RepeatedSync(grafana.BaseAddress);

        Assert.Equal(0, await sync.RunAsync());

        var members = sync.Grants().Where(grant => grant.StartsWith("team:1:", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(["team:1:admin:user:2", $"team:1:member:service_account:{robot}", "team:1:member:user:2"], members);
        Assert.Contains("2 of the 4 members of team 1 (SRE) are accounts that Grafana does not have", sync.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    public async Task Refusal_OfAGatewaysPage_NamesWhoAnswered(int status, StatusCode code)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.OnAny().Respond(status, "<html><h1>Sign in</h1></html>", ("Server", "nginx/1.27"), ("Content-Type", "text/html"));
        await using var connector = TestConnector.Create(grafana);

        var refusal = await connector.RefusedAsync();

        Assert.Equal(code, refusal.Code);
        Assert.Contains("not Grafana but something in front of it (nginx/1.27)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(502)]
    public async Task FrontendSettings_BlockedByAGateway_AreNamedAndNoLackOfEnterprise(int status)
    {
        await using var grafana = await StartAsync();
        grafana.Faults.On("GET", "^/api/frontend/settings").HtmlPage(status);
        using var sync = new RepeatedSync(grafana.BaseAddress);

        var code = await sync.RunAsync();

        Assert.Contains("/api/frontend/settings", sync.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Enterprise", sync.Error, StringComparison.Ordinal);
        Assert.Equal(status == 502 ? 14 : 0, code);
    }

    [Fact]
    public async Task FrontendSettings_BlockedByAGatewayWhereRolesAreAskedForByName_AreNamedToo()
    {
        await using var grafana = await StartAsync();
        grafana.Faults.On("GET", "^/api/frontend/settings").Respond(403, """{"message":"blocked"}""");
        using var sync = new RepeatedSync(grafana.BaseAddress);

        Assert.Equal(9, await sync.RunAsync("--sync-resource-types", "role"));

        Assert.Contains("/api/frontend/settings", sync.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Enterprise", sync.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://")]
    [InlineData("")]
    public async Task Https_OnAPortThatSpeaksHttp_IsToldToWriteHttp(string scheme)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = TestConnector.Create(grafana, change: options => options with { Hostname = $"{scheme}{grafana.BaseAddress.Authority}" });

        var refusal = await connector.RefusedAsync();

        Assert.Contains($"{grafana.BaseAddress.Authority} answers http, not https: write http:// in front", refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.IsTransient);
    }

    [Theory]
    [InlineData("Basic YWRtaW46Y29ycmVjdA==")]
    [InlineData("Bearer glsa_abcdefghijklmnop_12345678")]
    [InlineData("glsa_abcdefghijklmnop_12345678")]
    public async Task Error_ThatRepeatsTheCredential_IsShownWithoutIt(string credential)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.Faults.On("GET", "^/api/user$").Respond(500, $$"""{"message":"upstream refused: Authorization: {{credential}}"}""");
        await using var connector = TestConnector.Create(grafana);

        var refusal = await connector.RefusedAsync();

        Assert.Contains("(secret)", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(credential, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_ThatNoOrganizationLetsUsRead_AreLeftOutOnceAndAnErrorOnceTheyWereThere()
    {
        await using var grafana = await StartAsync();
        using var sync = new RepeatedSync(grafana.BaseAddress);
        foreach (var organization in new[] { 1L, 2L, 3L })
        {
            grafana.SetRole(organization, DemoGrafana.Admin, GrafanaRole.Viewer);
        }

        Assert.Equal(0, await sync.RunAsync());

        Assert.Empty(sync.Resources("team"));
        Assert.Contains("the teams of organization 1 (Main Org.)", sync.Error, StringComparison.Ordinal);
        Assert.Equal(7, await sync.RunAsync("--sync-resource-types", "team"));

        foreach (var organization in new[] { 1L, 2L, 3L })
        {
            grafana.SetRole(organization, DemoGrafana.Admin, GrafanaRole.Admin);
        }

        Assert.Equal(0, await sync.RunAsync());
        Assert.NotEmpty(sync.Resources("team"));
        foreach (var organization in new[] { 1L, 2L, 3L })
        {
            grafana.SetRole(organization, DemoGrafana.Admin, GrafanaRole.Viewer);
        }

        Assert.Equal(7, await sync.RunAsync());
        Assert.NotEmpty(sync.Resources("team"));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("7.5")]
    [InlineData("11.3")]
    public async Task Organization_ThatAnEarlierSyncHadIsNotListed_IsAnErrorUnlessItIsGone(string version)
    {
        // None that our own account is in: it would be missed in any case.
        await using var grafana = await StartAsync(version);
        var elsewhere = grafana.AddOrganization("Elsewhere");
        grafana.AddMember(elsewhere, DemoGrafana.Ada, GrafanaRole.Admin);
        using var sync = new RepeatedSync(grafana.BaseAddress);
        Assert.Equal(0, await sync.RunAsync());
        var before = await File.ReadAllBytesAsync(sync.File, Cancellation);
        var listed = """[{"id":1,"name":"Main Org."},{"id":2,"name":"Platform team"},{"id":3,"name":"Research & Development (EU)"}]""";
        grafana.Faults.On("GET", "^/api/orgs\\?").Respond(200, listed);

        Assert.NotEqual(0, await sync.RunAsync());

        Assert.Contains(
            $"Grafana contradicts itself: it lists 3 organizations (/api/orgs), but it knows organization {elsewhere} (Elsewhere), which is none of them, and which an earlier sync had (/api/orgs/{elsewhere})",
            sync.Error,
            StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(sync.File, Cancellation));

        // Not to be mistaken for a contradiction.
        grafana.RemoveOrganization(elsewhere);
        Assert.Equal(0, await sync.RunAsync());
        Assert.DoesNotContain($"{elsewhere}", sync.Resources("org"));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("7.5")]
    [InlineData("11.3")]
    public async Task Organization_OpenToAnEarlierSyncIsClosed_IsAnErrorUntilItIsLetGo(string version)
    {
        await using var grafana = await StartAsync(version);
        using var sync = new RepeatedSync(grafana.BaseAddress);
        Assert.Equal(0, await sync.RunAsync());
        var (truth, before) = (sync.Grants(), await File.ReadAllBytesAsync(sync.File, Cancellation));
        var organization = version == "11.3" ? 2L : 1L;
        grafana.SetRole(organization, DemoGrafana.Admin, GrafanaRole.Viewer);

        Assert.Equal(7, await sync.RunAsync());

        Assert.Matches($"the [a-z ]+ of organization {organization} \\(", sync.Error);
        Assert.Contains("and an earlier sync had some, which would look deleted; make the account an Admin there", sync.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(sync.File, Cancellation));

        Assert.Equal(0, await sync.RunAsync("--fail-on-unreachable-organizations=false"));
        Assert.True(sync.Grants().IsProperSubsetOf(truth.Append($"org:{organization}:Viewer:user:{DemoGrafana.Admin}").ToHashSet()));

        // Nothing of it is in the file any more, and nobody misses it.
        Assert.Equal(0, await sync.RunAsync());
    }

    [Fact]
    public async Task Organizations_OfAnAdministratorAndThenOfAToken_AreNotTakenForDeleted()
    {
        var (grafana, token) = await DemoGrafana.StartAsync(new FakeGrafanaOptions { AdminPassword = TestConnector.Password }, Cancellation);
        await using var instance = grafana;
        using var sync = new RepeatedSync(grafana.BaseAddress);
        Assert.Equal(0, await sync.RunAsync());
        string[] asToken = ["--auth-method", "api-key-flow-group", "--api-token", token!];

        Assert.Equal(9, await sync.RunAsync(asToken));
        Assert.Contains("too, which would look deleted; sync into a file of its own", sync.Error, StringComparison.Ordinal);

        Assert.Equal(0, await sync.RunAsync([.. asToken, "--fail-on-unreachable-organizations=false"]));
        Assert.Single(sync.Resources("org"));
    }

    private static async Task<FakeGrafana> StartAsync(string version = "11.3")
        => (await DemoGrafana.StartAsync(new FakeGrafanaOptions { Version = Testing.Grafana.GrafanaVersion.Parse(version), AdminPassword = TestConnector.Password }, Cancellation)).Grafana;

    /// <summary>By every release that is told apart, unless what goes wrong is younger.</summary>
    private static async Task RefusesAsync(Action<Testing.Grafana.Faults.FaultPlan> fault, string expected, bool isOfModernAlone = false)
    {
        foreach (var version in isOfModernAlone ? ["12.1"] : new[] { "6.5", "7.5", "12.1" })
        {
            await RefusesAsync(version, fault, expected);
        }
    }

    private static async Task RefusesAsync(string version, Action<Testing.Grafana.Faults.FaultPlan> fault, string expected)
    {
        await using var grafana = await StartAsync(version);
        using var sync = new RepeatedSync(grafana.BaseAddress);
        Assert.Equal(0, await sync.RunAsync());
        var before = await File.ReadAllBytesAsync(sync.File, Cancellation);
        fault(grafana.Faults);

        Assert.NotEqual(0, await sync.RunAsync());

        Assert.Contains(expected, sync.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", sync.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(sync.File, Cancellation));
    }
}
