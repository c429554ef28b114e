using System.Net;
using System.Text.Json;
using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana;

/// <summary>What releases from 11 on do otherwise than 6.5, as far as it is written down.</summary>
public sealed class ModernGrafanaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orgs_PagesCountFromZero()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.Populate(users: 1, organizations: 5);
        using var client = grafana.CreateClient();

        var pages = new List<int>();
        for (var page = 0; page < 4; page++)
        {
            pages.Add((await client.GetJsonAsync($"api/orgs?perpage=2&page={page}")).GetArrayLength());
        }

        Assert.Equal([2, 2, 1, 0], pages);
    }

    [Fact]
    public async Task FrontendSettings_NeedNoCredential_AndKeepTheVersionToThemselves()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { HideVersion = true }, Cancellation);
        using var client = grafana.CreateAnonymousClient();

        var build = (await client.GetJsonAsync("api/frontend/settings")).GetProperty("buildInfo");

        Assert.Equal(("", "Open Source"), (build.GetProperty("version").GetString(), build.GetProperty("edition").GetString()));
    }

    [Fact]
    public async Task ForeignOrganization_IsDeniedToAServerAdministratorToo()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var foreign = grafana.AddOrganization("Foreign");
        using var client = grafana.CreateClient();

        var (byHeader, _) = await client.SendJsonAsync("GET", "api/org", null, ("X-Grafana-Org-Id", $"{foreign}"));
        var (byQuery, _) = await client.SendJsonAsync("GET", $"api/teams/search?targetOrgId={foreign}");
        var (global, _) = await client.SendJsonAsync("GET", $"api/orgs/{foreign}/users");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (byHeader, byQuery, global));
    }

    [Fact]
    public async Task Users_AreSortedByLogin()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.AddUser("zoe");
        grafana.AddUser("aaron");
        using var client = grafana.CreateClient();

        var users = await client.GetJsonAsync("api/users");
        var descending = await client.GetJsonAsync("api/users?sort=login-desc");
        var (unknown, _) = await client.SendJsonAsync("GET", "api/users?sort=id-asc");

        Assert.Equal("aaron admin zoe", Logins(users));
        Assert.Equal("zoe admin aaron", Logins(descending));
        Assert.Equal(HttpStatusCode.BadRequest, unknown);
    }

    [Fact]
    public async Task OrgUser_HasTheMembersOfTheNewestReleases()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Version = GrafanaVersion.V12_1 }, Cancellation);
        var user = grafana.AddUser(new("ada") { AuthModule = "oauth_github", IsDisabled = true });
        grafana.AddMember(1, user, GrafanaRole.None);
        using var client = grafana.CreateClient();

        var members = await client.GetJsonAsync("api/orgs/1/users");

        var ada = members.EnumerateArray().First();
        Assert.Equal(
            "orgId userId uid email name avatarUrl login role lastSeenAt created lastSeenAtAge isDisabled authLabels "
                + "isExternallySynced isProvisioned",
            string.Join(' ', ada.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("None", ada.GetProperty("role").GetString());
        Assert.Equal("10y", ada.GetProperty("lastSeenAtAge").GetString());
        Assert.True(ada.GetProperty("isDisabled").GetBoolean());
        Assert.True(ada.GetProperty("isExternallySynced").GetBoolean());
        Assert.Equal("GitHub", Assert.Single(ada.GetProperty("authLabels").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("api/orgs/1/users/search")]
    [InlineData("api/org/users/search")]
    public async Task OrgUsersSearch_PagesFromOne(string path)
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.Populate(users: 25);
        using var client = grafana.CreateClient();

        var last = await client.GetJsonAsync($"{path}?perpage=10&page=3");

        Assert.Equal(25, last.GetProperty("totalCount").GetInt32());
        Assert.Equal(5, last.GetProperty("orgUsers").GetArrayLength());
        Assert.Equal((3, 10), (last.GetProperty("page").GetInt32(), last.GetProperty("perPage").GetInt32()));
    }

    [Fact]
    public async Task OrgUsersSearch_HiddenUsers_AreCutAfterPaging()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { HiddenUsers = ["b", "c"] }, Cancellation);
        foreach (var login in (string[])["a", "b", "c", "d"])
        {
            grafana.AddMember(1, grafana.AddUser(login), GrafanaRole.Viewer);
        }

        using var token = grafana.CreateTokenClient(grafana.AddServiceAccountToken(1));
        using var admin = grafana.CreateClient();

        var page = await token.GetJsonAsync("api/org/users/search?perpage=2&page=2");
        var seenByAdmin = await admin.GetJsonAsync("api/org/users/search?perpage=2&page=2");

        Assert.Equal(5, page.GetProperty("totalCount").GetInt32());
        Assert.Equal("b@example.com", seenByAdmin.GetProperty("orgUsers")[0].GetProperty("email").GetString());
        Assert.Equal(0, page.GetProperty("orgUsers").EnumerateArray().Count(row => row.GetProperty("login").GetString() is "b" or "c"));
        Assert.Equal(2, seenByAdmin.GetProperty("orgUsers").GetArrayLength());
        Assert.True(page.GetProperty("orgUsers").GetArrayLength() < 2);
    }

    [Theory]
    [InlineData("GET", "api/users/abc", "id is invalid")]
    [InlineData("GET", "api/orgs/abc/users", "orgId is invalid")]
    [InlineData("PATCH", "api/orgs/1/users/abc", "userId is invalid")]
    [InlineData("DELETE", "api/admin/users/abc", "id is invalid")]
    [InlineData("GET", "api/teams/abc", "teamId is invalid")]
    public async Task Ids_ThatAreNoNumbers_AreRefused(string method, string path, string message)
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();

        var (status, body) = await client.SendJsonAsync(method, path, method == "PATCH" ? new { role = "Viewer" } : null);

        Assert.Equal((HttpStatusCode.BadRequest, message), (status, body.Message()));
    }

    [Fact]
    public async Task CreateUser_Taken_Is412_AndOrgIdIsHonoured()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var org = grafana.AddOrganization("Second");
        using var client = grafana.CreateClient();

        var (created, body) = await Create(new { login = "ada", email = "ada@example.com", password = "s3cret", orgId = org });
        var (taken, refusal) = await Create(new { login = "ADA", email = "other@example.com", password = "s3cret" });
        var (unknownOrg, _) = await Create(new { login = "eve", password = "s3cret", orgId = 99 });

        var id = body.GetProperty("id").GetInt64();
        Assert.Equal(HttpStatusCode.OK, created);
        Assert.Equal(14, body.GetProperty("uid").GetString()?.Length);
        Assert.Equal(GrafanaRole.Viewer, grafana.RoleOf(org, id));
        Assert.Null(grafana.RoleOf(1, id));
        Assert.Equal(HttpStatusCode.PreconditionFailed, taken);
        Assert.Equal("User with email 'other@example.com' or username 'ADA' already exists", refusal.Message());
        Assert.Equal(HttpStatusCode.BadRequest, unknownOrg);

        Task<(HttpStatusCode Status, JsonElement Body)> Create(object account) => client.SendJsonAsync("POST", "api/admin/users", account);
    }

    [Theory]
    [InlineData("Short1!", "password.password-policy-too-short")]
    [InlineData("longbutallthesame", "password.password-policy-infringe")]
    public async Task CreateUser_AgainstThePasswordPolicy_IsRefused(string password, string messageId)
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { PasswordPolicy = true }, Cancellation);
        using var client = grafana.CreateClient();

        var (refused, refusal) = await client.SendJsonAsync("POST", "api/admin/users", new { login = "ada", password });
        var (created, _) = await client.SendJsonAsync("POST", "api/admin/users", new { login = "ada", password = "Long-enough-4-all" });

        Assert.Equal((HttpStatusCode.BadRequest, messageId), (refused, refusal.GetProperty("messageId").GetString()));
        Assert.Equal(HttpStatusCode.OK, created);
    }

    [Fact]
    public async Task DeleteUser_Missing_Is404()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();

        var (status, body) = await client.SendJsonAsync("DELETE", "api/admin/users/99");

        Assert.Equal((HttpStatusCode.NotFound, "user not found"), (status, body.Message()));
    }

    [Fact]
    public async Task AddMember_Twice_Is409WithTheUserId_AndRolesMayBeLowerCase()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var user = grafana.AddUser("ada");
        using var client = grafana.CreateClient();

        var (added, body) = await client.SendJsonAsync("POST", "api/orgs/1/users", new { loginOrEmail = "ada", role = "none" });
        var (again, refusal) = await client.SendJsonAsync("POST", "api/orgs/1/users", new { loginOrEmail = "ada", role = "Admin" });

        Assert.Equal((HttpStatusCode.OK, user), (added, body.GetProperty("userId").GetInt64()));
        Assert.Equal((HttpStatusCode.Conflict, user), (again, refusal.GetProperty("userId").GetInt64()));
        Assert.Equal(GrafanaRole.None, grafana.RoleOf(1, user));
    }

    [Fact]
    public async Task RoleNone_DoesNotExistBefore10_2()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Version = new(10, 1) }, Cancellation);
        grafana.AddUser("ada");
        using var client = grafana.CreateClient();

        var (status, _) = await client.SendJsonAsync("POST", "api/orgs/1/users", new { loginOrEmail = "ada", role = "None" });

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Theory]
    [InlineData("api/orgs/1/users")]
    [InlineData("api/org/users")]
    public async Task ChangeRole_ExternallySynced_IsLocked(string path)
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var user = grafana.AddUser(new("ada") { AuthModule = "oauth_okta" });
        grafana.AddMember(1, user, GrafanaRole.Viewer);
        using var client = grafana.CreateClient();

        var (status, body) = await client.SendJsonAsync("PATCH", $"{path}/{user}", new { role = "Editor" });

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("org.externallySynced", body.GetProperty("messageId").GetString());
        Assert.Equal("cannot change role for externally synced user", body.Message());
        Assert.Equal(GrafanaRole.Viewer, grafana.RoleOf(1, user));
    }

    [Fact]
    public async Task ChangeRole_SyncSkippedForTheProvider_Works()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { SkipOrgRoleSync = ["oauth_okta"] }, Cancellation);
        var user = grafana.AddUser(new("ada") { AuthModule = "oauth_okta" });
        grafana.AddMember(1, user, GrafanaRole.Viewer);
        using var client = grafana.CreateClient();

        var (status, _) = await client.SendJsonAsync("PATCH", $"api/orgs/1/users/{user}", new { role = "Editor" });

        Assert.Equal((HttpStatusCode.OK, GrafanaRole.Editor), (status, grafana.RoleOf(1, user)));
    }

    [Fact]
    public async Task DisableUser_External_Is500()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var user = grafana.AddUser(new("ada") { AuthModule = "ldap" });
        using var client = grafana.CreateClient();

        var (status, body) = await client.SendJsonAsync("POST", $"api/admin/users/{user}/disable");

        Assert.Equal((HttpStatusCode.InternalServerError, "Could not disable external user"), (status, body.Message()));
    }

    [Fact]
    public async Task TeamMembers_AreValidated_AndLockedWhereProvisioned()
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Version = GrafanaVersion.V12_1 }, Cancellation);
        var stranger = grafana.AddUser("stranger");
        var (team, provisioned) = (grafana.AddTeam(1, "SRE"), grafana.AddTeam(1, "SCIM", isProvisioned: true));
        using var client = grafana.CreateClient();

        var (outside, _) = await client.SendJsonAsync("POST", $"api/teams/{team}/members", new { userId = stranger });
        var (locked, body) = await client.SendJsonAsync("POST", $"api/teams/{provisioned}/members", new { userId = 1 });
        var (added, _) = await client.SendJsonAsync("POST", $"api/teams/{team}/members", new { userId = 1 });

        Assert.Equal(HttpStatusCode.InternalServerError, outside);
        Assert.Equal((HttpStatusCode.BadRequest, "Team memberships cannot be updated for provisioned teams"), (locked, body.Message()));
        Assert.Equal(HttpStatusCode.OK, added);
        Assert.Equal([1L], grafana.TeamMembers(team).Keys);
    }

    [Fact]
    public async Task Body_ThatIsNoJson_IsBadRequestData()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateClient();
        using var content = new StringContent("{not json", System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync("api/orgs", content, Cancellation);

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((HttpStatusCode.BadRequest, "bad request data"), (response.StatusCode, body.RootElement.Message()));
    }

    [Fact]
    public async Task WrongPassword_IsStructured_AndLocksTheNameOut()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var wrong = grafana.CreateClient("admin", "wrong");
        using var right = grafana.CreateClient();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            var (status, body) = await wrong.SendJsonAsync("GET", "api/user");
            Assert.Equal((HttpStatusCode.Unauthorized, "password-auth.failed"), (status, body.GetProperty("messageId").GetString()));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await right.SendJsonAsync("GET", "api/user")).Status);
    }

    private static string Logins(JsonElement users)
        => string.Join(' ', users.EnumerateArray().Select(user => user.GetProperty("login").GetString()));
}
