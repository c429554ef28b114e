using System.Net;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Requests;

namespace Baton.Testing.Tests.Grafana;

/// <summary>What service-account tokens reach, and what a narrow scope hides.</summary>
public sealed class TokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/orgs", "orgs:read")]
    [InlineData("api/users/search", "users:read")]
    [InlineData("api/orgs/1/users", "org.users:read")]
    public async Task AdminToken_DoesNotReachTheWholeInstance(string path, string action)
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        using var client = grafana.CreateTokenClient(grafana.AddServiceAccountToken(1));

        var (status, body) = await client.SendJsonAsync("GET", path);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("Access denied", body.GetProperty("title").GetString());
        Assert.StartsWith("ACE", body.GetProperty("accessErrorId").GetString());
        Assert.EndsWith($"Permissions needed: {action}", body.Message());
        Assert.Equal(CredentialKind.ServiceAccountToken, grafana.Requests.All[0].Credential);
    }

    [Fact]
    public async Task Token_StaysInItsOrganization_AndHasNoUser()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var second = grafana.AddOrganization("Second");
        using var client = grafana.CreateTokenClient(grafana.AddServiceAccountToken(second));

        var (_, org) = await client.SendJsonAsync("GET", "api/org", null, ("X-Grafana-Org-Id", "1"));
        var (user, _) = await client.SendJsonAsync("GET", "api/user");

        Assert.Equal(second, org.GetProperty("id").GetInt64());
        Assert.Equal(HttpStatusCode.NotFound, user);
    }

    [Fact]
    public async Task NarrowScopes_FilterRows_WithoutAnError()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var ada = grafana.AddUser("ada");
        grafana.AddMember(1, ada, GrafanaRole.Viewer);
        var team = grafana.AddTeam(1, "SRE");
        grafana.AddTeam(1, "Unseen");
        grafana.AddTeamMember(team, ada);
        grafana.AddTeamMember(team, 1);
        using var client = grafana.CreateTokenClient(grafana.AddServiceAccountToken(1, permissions:
        [
            ("org.users:read", $"users:id:{ada}"),
            ("teams:read", $"teams:id:{team}"),
            ("teams.permissions:read", "teams:*"),
        ]));

        var members = await client.GetJsonAsync("api/org/users");
        var teams = await client.GetJsonAsync("api/teams/search");
        var teamMembers = await client.GetJsonAsync($"api/teams/{team}/members");
        var (denied, _) = await client.SendJsonAsync("DELETE", $"api/org/users/{ada}");
        var permissions = await client.GetJsonAsync("api/access-control/user/permissions");

        Assert.Equal(ada, Assert.Single(members.EnumerateArray()).GetProperty("userId").GetInt64());
        Assert.Equal(1, teams.GetProperty("totalCount").GetInt32());
        Assert.Equal(ada, Assert.Single(teamMembers.EnumerateArray()).GetProperty("userId").GetInt64());
        Assert.Equal(HttpStatusCode.Forbidden, denied);
        Assert.Equal($"users:id:{ada}", Assert.Single(permissions.GetProperty("org.users:read").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task TeamMembers_WithoutReadingMembers_LookEmpty()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var team = grafana.AddTeam(1, "SRE");
        grafana.AddTeamMember(team, 1);
        var token = grafana.AddServiceAccountToken(1, permissions: [("teams.permissions:read", "teams:*")]);
        using var client = grafana.CreateTokenClient(token);

        var members = await client.GetJsonAsync($"api/teams/{team}/members");

        Assert.Equal(0, members.GetArrayLength());
    }

    [Fact]
    public async Task EditorToken_CannotAssignAboveItself()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        grafana.AddUser("ada");
        using var client = grafana.CreateTokenClient(grafana.AddServiceAccountToken(1, GrafanaRole.Editor, [("org.users:add", "users:*")]));

        var (status, body) = await client.SendJsonAsync("POST", "api/org/users", new { loginOrEmail = "ada", role = "Admin" });

        Assert.Equal((HttpStatusCode.Forbidden, "Cannot assign a role higher than user's role"), (status, body.Message()));
    }

    [Fact]
    public async Task ServiceAccounts_IssueTokensThatWork()
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        var account = grafana.AddServiceAccount(1, "Deploy robot", GrafanaRole.Viewer);
        using var admin = grafana.CreateClient();

        var path = $"api/serviceaccounts/{account}/tokens";
        var (issued, body) = await admin.SendJsonAsync("POST", path, new { name = "ci", secondsToLive = 3600 });
        var (again, refusal) = await admin.SendJsonAsync("POST", path, new { name = "ci" });
        using var robot = grafana.CreateTokenClient(body.GetProperty("key").GetString()!);
        var (works, _) = await robot.SendJsonAsync("GET", "api/org");
        var found = await admin.GetJsonAsync("api/serviceaccounts/search?query=robot");
        var tokens = await admin.GetJsonAsync(path);
        var (deleted, _) = await admin.SendJsonAsync("DELETE", $"{path}/{body.GetProperty("id").GetInt64()}");
        var (revoked, _) = await robot.SendJsonAsync("GET", "api/org");

        Assert.Equal(HttpStatusCode.OK, issued);
        Assert.Equal(HttpStatusCode.BadRequest, again);
        Assert.Equal("serviceaccounts.ErrTokenAlreadyExists", refusal.GetProperty("messageId").GetString());
        Assert.Equal(HttpStatusCode.OK, works);
        Assert.Equal("sa-1-deploy-robot", found.GetProperty("serviceAccounts")[0].GetProperty("login").GetString());
        Assert.Equal("ci", Assert.Single(tokens.EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (deleted, revoked));
    }
}
