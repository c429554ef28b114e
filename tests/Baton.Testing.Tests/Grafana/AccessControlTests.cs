using System.Net;
using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana;

/// <summary>Roles of access control, which an Enterprise instance has.</summary>
public sealed class AccessControlTests
{
    private static readonly FakeGrafanaOptions Enterprise = new() { Edition = GrafanaEdition.Enterprise };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AccessControlStatus_IsThereInEnterpriseOnly()
    {
        await using var open = await FakeGrafana.StartAsync(cancellationToken: Cancellation);
        await using var enterprise = await FakeGrafana.StartAsync(Enterprise, Cancellation);
        using var openClient = open.CreateClient();
        using var enterpriseClient = enterprise.CreateClient();

        Assert.Equal(HttpStatusCode.NotFound, (await openClient.SendJsonAsync("GET", "api/access-control/status")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await openClient.SendJsonAsync("GET", "api/access-control/roles")).Status);
        Assert.True((await enterpriseClient.GetJsonAsync("api/access-control/status")).GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData(GrafanaEdition.OpenSource, false)]
    [InlineData(GrafanaEdition.Enterprise, true)]
    public async Task OwnPermissions_NameRolesWhereThereAreAny(GrafanaEdition edition, bool areThere)
    {
        await using var grafana = await FakeGrafana.StartAsync(new() { Edition = edition }, Cancellation);
        using var client = grafana.CreateClient();

        var permissions = await client.GetJsonAsync("api/access-control/user/permissions");
        var actions = await client.GetJsonAsync("api/access-control/user/actions");

        foreach (var action in (string[])["roles:read", "teams.roles:read", "users.roles:read"])
        {
            Assert.Equal(areThere, permissions.TryGetProperty(action, out _));
            Assert.Equal(areThere, actions.TryGetProperty(action, out _));
        }

        Assert.True(permissions.TryGetProperty("teams:read", out _));
    }

    [Fact]
    public async Task Roles_OfAnOrganization_AreListedThereOnly()
    {
        await using var grafana = await FakeGrafana.StartAsync(Enterprise, Cancellation);
        var other = grafana.AddOrganization("other");
        grafana.AddRole(new("own", "custom:own") { IsGlobal = false, OrganizationId = other });
        using var here = grafana.CreateTokenClient(grafana.AddServiceAccountToken(1));
        using var there = grafana.CreateTokenClient(grafana.AddServiceAccountToken(other));

        Assert.Equal(0, (await here.GetJsonAsync("api/access-control/roles")).GetArrayLength());
        Assert.Equal(1, (await there.GetJsonAsync("api/access-control/roles")).GetArrayLength());
    }

    [Fact]
    public async Task Roles_AreListedAndFoundByTheirHolders()
    {
        await using var grafana = await FakeGrafana.StartAsync(Enterprise, Cancellation);
        grafana.AddRole(new("irm1", "plugins:grafana-irm-app:admin", "Admin", "IRM"));
        grafana.AddRole(new("hid1", "managed:users:1:permissions") { IsHidden = true });
        var (with, without) = (grafana.AddTeam(1, "SRE"), grafana.AddTeam(1, "Sales"));
        grafana.AssignRoleToTeam(with, "irm1");
        grafana.AssignRoleToUser(1, 1, "irm1");
        using var client = grafana.CreateTokenClient(grafana.AddServiceAccountToken(1));

        var roles = await client.GetJsonAsync("api/access-control/roles");
        var (_, found) = await client.SendJsonAsync(
            "POST", "api/access-control/teams/roles/search", new { teamIds = (long[])[with, without] });
        var unknownTeam = await client.GetJsonAsync("api/access-control/teams/99/roles");
        var assignments = await client.GetJsonAsync("api/access-control/roles/irm1/assignments");

        Assert.Equal("plugins:grafana-irm-app:admin", Assert.Single(roles.EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(with.ToString(), Assert.Single(found.EnumerateObject()).Name);
        Assert.Equal(0, unknownTeam.GetArrayLength());
        Assert.Equal(1, assignments.GetProperty("users")[0].GetInt64());
        Assert.Equal(with, assignments.GetProperty("teams")[0].GetInt64());
    }

    [Fact]
    public async Task Roles_AreAssignedAndTakenAway_AndLostWithTheMembership()
    {
        await using var grafana = await FakeGrafana.StartAsync(Enterprise, Cancellation);
        grafana.AddRole(new("r1", "custom:reader"));
        var user = grafana.AddUser("ada");
        grafana.AddMember(1, user, GrafanaRole.Viewer);
        using var client = grafana.CreateClient();
        var path = $"api/access-control/users/{user}/roles";

        var (added, _) = await client.SendJsonAsync("POST", path, new { roleUid = "r1" });
        var held = await client.GetJsonAsync(path);
        await client.SendJsonAsync("DELETE", $"api/orgs/1/users/{user}");
        var left = await client.GetJsonAsync(path);
        var (missing, body) = await client.SendJsonAsync("DELETE", "api/access-control/teams/1/roles/r1");

        Assert.Equal((HttpStatusCode.OK, 1, 0), (added, held.GetArrayLength(), left.GetArrayLength()));
        Assert.Equal((HttpStatusCode.NotFound, "Team role not found"), (missing, body.Message()));
    }
}
