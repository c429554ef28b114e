using System.Globalization;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>With a token: its organization.</summary>
public sealed class OrganizationDirectoryTests
{
    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("10.1")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task Lists_TheTokensOrganizationOnly(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = grafana.AddOrganization("platform team");
        grafana.AddMember(platform, grafana.AddUser("ada"), GrafanaRole.Editor);
        grafana.AddMember(1, grafana.AddUser("bob"), GrafanaRole.Viewer);
        var token = Token(grafana, version, platform);
        await using var connector = await TestConnector.ConnectAsync(grafana, token);

        var organization = Assert.Single(await connector.ListOrganizationsAsync());
        Assert.Equal((platform.ToString(CultureInfo.InvariantCulture), "platform team"), (organization.Id.Resource, organization.DisplayName));
        Assert.Equal("ada", Assert.Single(await connector.ListUsersAsync()).DisplayName);
        Assert.Equal($"org:{platform}:Editor:user:2", Assert.Single(await connector.ListGrantsAsync(organization)).Id);
        Assert.Empty(connector.Sync.Warnings);
        Assert.Empty(grafana.Requests.Writes);
    }

    [Fact]
    public async Task Validate_BadToken_IsOneRequest()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = TestConnector.Create(grafana, "glsa_aaaabbbbccccddddeeeeffffgggghhhh_12345678");

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.Unauthenticated, refusal.Code);
        Assert.Equal(["GET /api/org"], grafana.Requests.Lines);
    }

    [Fact]
    public async Task Validate_WithoutPermission_NamesIt()
    {
        await using var grafana = await TestConnector.StartAsync();
        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", "")]);
        await using var connector = TestConnector.Create(grafana, token);

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("lacks the permission org.users:read", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_NarrowScope_FailsBeforeAShortListLooksComplete()
    {
        // E8.9: Grafana filters the list by the scope and answers 200.
        await using var grafana = await TestConnector.StartAsync();
        var ada = grafana.AddUser("ada");
        grafana.AddMember(1, ada, GrafanaRole.Viewer);
        grafana.AddMember(1, grafana.AddUser("bob"), GrafanaRole.Viewer);
        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", ""), ("org.users:read", $"users:id:{ada}")]);
        await using var connector = TestConnector.Create(grafana, token);

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains($"org.users:read for users:id:{ada} only; it needs the scope users:*", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_ForbiddenOrganization_SaysWhichRoleIsNeeded()
    {
        await using var grafana = await TestConnector.StartAsync();
        var token = grafana.AddServiceAccountToken(1);
        grafana.Faults.On("GET", "^/api/org$").Respond(403, """{"message":"You'll need additional permissions"}""");
        await using var connector = TestConnector.Create(grafana, token);

        var refusal = await connector.RefusedAsync();

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("basic role Viewer or above", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.4", false)]
    [InlineData("11.3", false)]
    [InlineData("11.3", true)]
    [InlineData("12.1", false)]
    public async Task ListUsers_HiddenUsers_AreWarnedOf(string version, bool hideVersion)
    {
        // D43
        await using var grafana = await TestConnector.StartAsync(version, new FakeGrafanaOptions { HiddenUsers = ["ghost"], HideVersion = hideVersion });
        grafana.AddMember(1, grafana.AddUser("ghost"), GrafanaRole.Admin);
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));

        var users = await connector.ListUsersAsync();

        Assert.Equal(["admin"], users.Select(user => user.DisplayName).Distinct());
        Assert.Contains("counts 2 members but shows 1", Assert.Single(connector.Sync.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_HiddenUsersAndToldToFail_Fails()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { HiddenUsers = ["ghost"] });
        grafana.AddMember(1, grafana.AddUser("ghost"), GrafanaRole.Admin);
        await using var connector = await TestConnector.ConnectAsync(
            grafana, grafana.AddServiceAccountToken(1), change: options => options with { FailOnHiddenUsers = true });

        var refusal = await connector.ListUsersFailsAsync();

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("--fail-on-hidden-users", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUsers_TwentyThousandHiddenAndChanging_MissesNobodyWhoIsShown()
    {
        // E8.7
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { HiddenUsers = ["user0000003", "user0009000"] });
        grafana.Populate(users: 20_000);
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1), parallelism: 4);
        grafana.Faults.On("GET", "^/api/org/users/search\\?perpage=1000&page=7$").Once().Run(_ => grafana.AddMember(1, grafana.AddUser("aaa"), GrafanaRole.Editor));
        grafana.Faults.On("GET", "^/api/org/users/search\\?perpage=1000&page=9$").Once().Run(_ => grafana.RemoveUser(grafana.FindUser("user0000010")!.Value));

        var users = await connector.ListUsersAsync();

        var logins = users.Select(user => user.DisplayName).ToHashSet(StringComparer.Ordinal);
        var expected = Enumerable.Range(1, 19_999).Select(number => string.Create(CultureInfo.InvariantCulture, $"user{number:d7}"))
            .Except(["user0000003", "user0009000", "user0000010"], StringComparer.Ordinal)
            .Append("aaa");
        Assert.Empty(expected.Except(logins, StringComparer.Ordinal));
        Assert.DoesNotContain("user0000003", logins);
        Assert.Single(connector.Sync.Warnings);
    }

    [Theory]
    [InlineData("6.5", null)]
    [InlineData("9.4", true)]
    [InlineData("10.1", true)]
    [InlineData("11.3", true)]
    [InlineData("12.1", true)]
    public async Task ListUsers_WhoIsDisabled_OnlyWhereTheServerTells(string version, bool? told)
    {
        // D58: rows of old servers do not say, and nobody is called enabled for that.
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.AddMember(1, grafana.AddUser(new UserSeed("gone") { IsDisabled = true }), GrafanaRole.Viewer);
        await using var connector = await TestConnector.ConnectAsync(grafana, Token(grafana, version, 1));

        var users = (await connector.ListUsersAsync()).ToDictionary(user => user.DisplayName, user => user.Status?.Status_, StringComparer.Ordinal);

        Assert.Equal(told is null ? null : ResourceStatus.Disabled, users["gone"]);
        Assert.Equal(told is null ? null : ResourceStatus.Enabled, users["admin"]);
    }

    [Fact]
    public async Task ListUsers_SearchThatTakesEverybodyForEnabled_IsNotAsked()
    {
        // 9.4's search answers false for everybody. A server that hides its version could be one.
        await using var grafana = await TestConnector.StartAsync("9.4", new FakeGrafanaOptions { HideVersion = true });
        grafana.AddMember(1, grafana.AddUser(new UserSeed("gone") { IsDisabled = true }), GrafanaRole.Viewer);
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));
        grafana.Requests.Clear();

        await connector.ListUsersAsync();

        Assert.Equal(
            ["GET /api/org/users/search?perpage=1&page=1", "GET /api/org/users", "GET /api/org/users/search?perpage=1&page=1"], grafana.Requests.Lines);
    }

    [Fact]
    public async Task ListUsers_VersionHiddenAndNoSearch_ListsAll()
    {
        await using var grafana = await TestConnector.StartAsync("6.5", new FakeGrafanaOptions { HideVersion = true, AnnouncedVersion = "" });
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddApiKey(1, GrafanaRole.Admin));

        Assert.Equal("admin", Assert.Single(await connector.ListUsersAsync()).DisplayName);
        Assert.Empty(connector.Sync.Warnings);
    }

    [Fact]
    public async Task ListUsers_MemberIsAddedBetweenCountAndList_IsNoHiddenMember()
    {
        await using var grafana = await TestConnector.StartAsync("9.4");
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));
        grafana.Faults.On("GET", "^/api/org/users$").Once().Run(_ => grafana.AddMember(1, grafana.AddUser("new"), GrafanaRole.Viewer));

        Assert.Equal(["admin", "new"], (await connector.ListUsersAsync()).Select(user => user.DisplayName));
        Assert.Empty(connector.Sync.Warnings);
    }

    [Fact]
    public async Task ListGrants_OfAnotherOrganizationThanTheTokens_IsRefused()
    {
        // A sync that was interrupted, and goes on with the token of another organization.
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => connector.ListGrantsAsync(2));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("organization 1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^/api/org/users/search", "11.3")]
    [InlineData("^/api/org/users$", "9.4")]
    [InlineData("^/api/org$", "11.3")]
    public async Task Listing_NotFound_IsNoEmptyListing(string path, string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));
        grafana.Faults.On("GET", path).Respond(404, """{"message":"Not found"}""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(async () =>
        {
            await connector.ListUsersAsync();
            await connector.ListOrganizationsAsync();
        });

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
    }

    [Fact]
    public async Task GetResource_OneByOne_OrNull()
    {
        await using var grafana = await TestConnector.StartAsync();
        var elsewhere = grafana.AddOrganization("Elsewhere");
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));
        var cancellation = TestContext.Current.CancellationToken;

        Assert.Equal("admin", (await connector.Users.GetResourceAsync(Ids.Resource("user", "1"), null, cancellation))?.DisplayName);
        Assert.Null(await connector.Users.GetResourceAsync(Ids.Resource("user", "99"), null, cancellation));
        Assert.NotNull(await connector.Organizations.GetResourceAsync(Ids.Resource("org", "1"), null, cancellation));
        Assert.Null(await connector.Organizations.GetResourceAsync(Ids.Resource("org", $"{elsewhere}"), null, cancellation));
    }

    private static string Token(FakeGrafana grafana, string version, long organization)
        => version == "6.5" ? grafana.AddApiKey(organization, GrafanaRole.Admin) : grafana.AddServiceAccountToken(organization);
}
