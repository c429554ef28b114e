using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Tests.Roles;

/// <summary>The roles of teams: read by batch, and expanded to those who are in the team (A8).</summary>
public sealed class TeamRolesTests
{
    private const string Batch = "POST /api/access-control/teams/roles/search";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("9.4", false)]
    [InlineData("11.3", false)]
    [InlineData("12.1", false)]
    [InlineData("11.3", true)]
    public async Task List_TeamOfEachOrganization_IsUpstreamsGrant(string version, bool byToken)
    {
        await using var rig = await EnterpriseRig.StartAsync(version);
        var (sre, sales, data) = (rig.Grafana.AddTeam(1, "SRE"), rig.Grafana.AddTeam(1, "Sales"), rig.Grafana.AddTeam(rig.Platform, "Data"));
        Assign(rig, sre, "irm", "fixed", "hidden");
        Assign(rig, data, "oncall");
        var (roles, sync) = (rig.TeamRoles(token: byToken ? rig.Grafana.AddServiceAccountToken(1) : null), EnterpriseRig.Sync());

        var ofSre = Assert.Single(await roles.ListAsync(EnterpriseRig.Team(sre, 1), sync, Cancellation));
        var ofData = await roles.ListAsync(EnterpriseRig.Team(data, rig.Platform), sync, Cancellation);

        Assert.Equal($"role:{EnterpriseRig.Irm}:assigned:team:{sre}", ofSre.Id);
        Assert.Equal(("role", EnterpriseRig.Irm), (ofSre.Entitlement.Resource.Id.ResourceType, ofSre.Entitlement.Resource.Id.Resource));
        Assert.Equal($"role:{EnterpriseRig.Irm}:assigned", ofSre.Entitlement.Id);
        var expandable = Annotations.Find<GrantExpandable>(ofSre.Annotations)!;
        Assert.Equal(([$"team:{sre}:member"], true, 0), (expandable.EntitlementIds, expandable.Shallow, expandable.ResourceTypeIds.Count));
        Assert.True(Annotations.Has(ofSre.Annotations, GrantImmutable.Descriptor));
        Assert.Empty(await roles.ListAsync(EnterpriseRig.Team(sales, 1), sync, Cancellation));
        Assert.Equal(byToken ? [] : [$"role:{EnterpriseRig.OnCall}:assigned:team:{data}"], ofData.Select(grant => grant.Id));
        Assert.Empty(sync.Warnings);
    }

    [Fact]
    public async Task List_ManyTeams_AreABatchForFiveHundred()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var teams = Enumerable.Range(1, 1001).Select(number => rig.Grafana.AddTeam(1, $"Team {number}")).ToList();
        Assign(rig, teams[^1], "irm");
        var (roles, sync) = (rig.TeamRoles(), EnterpriseRig.Sync());
        rig.Grafana.Requests.Clear();

        var grants = (await Task.WhenAll(teams.Select(team => roles.ListAsync(EnterpriseRig.Team(team, 1), sync, Cancellation)))).SelectMany(few => few);

        Assert.Equal($"role:{EnterpriseRig.Irm}:assigned:team:{teams[^1]}", Assert.Single(grants).Id);
        Assert.Equal(3, rig.Grafana.Requests.Lines.Count(line => line == Batch));
        Assert.DoesNotContain(rig.Grafana.Requests.Lines, line => line.StartsWith("GET /api/access-control/teams/", StringComparison.Ordinal));

        // They are questions, whatever their method, and nobody needs a change for them.
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task List_ServerHasNoBatches_AsksOneByOne()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var teams = Enumerable.Range(1, 12).Select(number => rig.Grafana.AddTeam(1, $"Team {number}")).ToList();
        Assign(rig, teams[3], "irm");
        rig.Grafana.Faults.On("POST", "/roles/search$").Respond(404, """{"message":"Not found"}""");
        var (roles, sync) = (rig.TeamRoles(), EnterpriseRig.Sync());

        var grants = (await Task.WhenAll(teams.Select(team => roles.ListAsync(EnterpriseRig.Team(team, 1), sync, Cancellation)))).SelectMany(few => few);

        Assert.Equal($"role:{EnterpriseRig.Irm}:assigned:team:{teams[3]}", Assert.Single(grants).Id);
        Assert.Equal(12, rig.Grafana.Requests.Lines.Count(line => line.StartsWith("GET /api/access-control/teams/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_TeamCameMeanwhile_IsAskedAboutByItself()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var (roles, sync) = (rig.TeamRoles(), EnterpriseRig.Sync());
        await roles.ListAsync(EnterpriseRig.Team(rig.Grafana.AddTeam(1, "old"), 1), sync, Cancellation);
        var late = rig.Grafana.AddTeam(1, "new");
        Assign(rig, late, "irm");

        Assert.Single(await roles.ListAsync(EnterpriseRig.Team(late, 1), sync, Cancellation));
    }

    [Fact]
    public async Task List_ANewSync_KnowsNothingOfTheOld()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var team = EnterpriseRig.Team(rig.Grafana.AddTeam(1, "SRE"), 1);
        var roles = rig.TeamRoles();
        Assert.Empty(await roles.ListAsync(team, EnterpriseRig.Sync(), Cancellation));
        rig.Grafana.AssignRoleToTeam(1, "irm");

        Assert.Single(await roles.ListAsync(team, EnterpriseRig.Sync(), Cancellation));
    }

    [Theory]
    [InlineData("POST", "/roles/search$", 403, StatusCode.PermissionDenied, "teams.roles:read (scope teams:*)")]
    [InlineData("POST", "/roles/search$", 500, StatusCode.Unavailable, "/api/access-control/teams/roles/search")]
    [InlineData("", "/teams/.*roles", 404, StatusCode.FailedPrecondition, "although it says that it has access control")]
    public async Task List_CannotBeRead_IsAnError(string method, string path, int status, StatusCode code, string why)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var team = EnterpriseRig.Team(rig.Grafana.AddTeam(1, "SRE"), 1);
        foreach (var verb in method.Length > 0 ? [method] : new[] { "GET", "POST" })
        {
            rig.Grafana.Faults.On(verb, path).Respond(status, """{"message":"no"}""");
        }

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.TeamRoles().ListAsync(team, EnterpriseRig.Sync(), Cancellation));

        Assert.Equal(code, refusal.Code);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"x":[]}""")]
    [InlineData("""{"1":[null]}""")]
    public async Task List_AnotherShape_IsNotNothing(string body)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var team = EnterpriseRig.Team(rig.Grafana.AddTeam(1, "SRE"), 1);
        rig.Grafana.Faults.On("POST", "/roles/search$").Respond(200, body);

        await Assert.ThrowsAsync<ConnectorException>(() => rig.TeamRoles().ListAsync(team, EnterpriseRig.Sync(), Cancellation));
    }

    [Fact]
    public async Task List_OrganizationAsANumber_IsUnderstood()
    {
        // As upstream wrote it before.
        await using var rig = await EnterpriseRig.StartAsync();
        var team = EnterpriseRig.Team(rig.Grafana.AddTeam(1, "SRE"), 1);
        Assign(rig, 1, "irm");
        team.Profile.Fields["org_id"] = Value.ForNumber(1);

        Assert.Single(await rig.TeamRoles().ListAsync(team, EnterpriseRig.Sync(), Cancellation));
    }

    [Fact]
    public async Task List_All_LeavesItToTheRoles()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var team = rig.Grafana.AddTeam(1, "SRE");
        Assign(rig, team, "irm");

        Assert.Empty(await rig.TeamRoles(RoleScope.All).ListAsync(EnterpriseRig.Team(team, 1), EnterpriseRig.Sync(), Cancellation));
        Assert.Equal([$"role:{EnterpriseRig.Irm}:assigned:team:{team}"], (await rig.ListGrantsAsync(scope: RoleScope.All)).Select(grant => grant.Id));
    }

    private static void Assign(EnterpriseRig rig, long team, params string[] roles)
    {
        foreach (var role in roles)
        {
            rig.Grafana.AssignRoleToTeam(team, role);
        }
    }
}
