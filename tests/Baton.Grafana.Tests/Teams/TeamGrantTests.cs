using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Tests.Teams;

/// <summary>Putting somebody into a team, and making an administrator of it (E7).</summary>
public sealed class TeamGrantTests
{
    private const string Team = "team 2 (on call) of organization 2 (platform)";

    public static MatrixTheoryData<Access, string> Servers => new([Access.Administrator, Access.Token], ["6.5", "7.5", "9.4", "11.3", "12.1"]);

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Member_IsAdded(Access access, string version)
    {
        await using var rig = await TeamRig.StartAsync(access, version);

        var outcome = await rig.GrantAsync("member");

        Assert.Equal(0, rig.Permission);
        Assert.Equal([$$"""POST /api/teams/{{rig.Team}}/members"""], rig.Grafana.Requests.Writes);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("member", RoleRig.Verified(outcome));
        Assert.StartsWith($"ada is a member of {Team}; read back at ", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Admin_OfNobody_IsAddedAndThenPromoted(Access access, string version)
    {
        await using var rig = await TeamRig.StartAsync(access, version);

        var outcome = await rig.GrantAsync("admin");

        Assert.Equal(4, rig.Permission);
        Assert.Equal([$"POST /api/teams/{rig.Team}/members", $"PUT /api/teams/{rig.Team}/members/{rig.Ada}"], rig.Grafana.Requests.Writes);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("admin", RoleRig.Verified(outcome));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Admin_OfAMember_IsPromotedAndNothingIsReplaced(Access access, string version)
    {
        // E7: the member grant stays.
        await using var rig = await TeamRig.StartAsync(access, version);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);

        var outcome = await rig.GrantAsync("admin");

        Assert.Equal(4, rig.Permission);
        Assert.Equal([$"PUT /api/teams/{rig.Team}/members/{rig.Ada}"], rig.Grafana.Requests.Writes);
        Assert.Empty(RoleRig.Told(outcome));
    }

    [Theory]
    [InlineData("member", 0)]
    [InlineData("member", 4)]
    [InlineData("admin", 4)]
    public async Task AlreadySo_IsSaidWithoutAWrite(string slug, int permission)
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada, permission);

        var outcome = await rig.GrantAsync(slug);

        Assert.Equal(["GrantAlreadyExists"], RoleRig.Told(outcome));
        Assert.Equal(permission == 4 ? "admin" : "member", RoleRig.Verified(outcome));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("member", 1)]
    [InlineData("admin", 2)]
    public async Task AddedBySomebodyElseMeanwhile_IsTheEndAllTheSame(string slug, int writes)
    {
        // 400 User is already added to this team
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.Faults.On("POST", "/members$").Once().Run(_ => rig.Grafana.AddTeamMember(rig.Team, rig.Ada));

        var outcome = await rig.GrantAsync(slug);

        Assert.Equal(slug == "member" ? ["GrantAlreadyExists"] : Array.Empty<string>(), RoleRig.Told(outcome));
        Assert.Equal(slug, RoleRig.Verified(outcome));
        Assert.Equal(writes, rig.Grafana.Requests.Writes.Count);
    }

    [Fact]
    public async Task RemovedBySomebodyElseBeforeThePromotion_IsAddedAgain()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);
        rig.Grafana.Faults.On("PUT", "/members/").Once().Run(_ => rig.Grafana.RemoveTeamMember(rig.Team, rig.Ada));

        Assert.Equal("admin", RoleRig.Verified(await rig.GrantAsync("admin")));

        Assert.Equal(["PUT", "POST", "PUT"], rig.Grafana.Requests.Writes.Select(write => write.Split(' ')[0]));
    }

    [Fact]
    public async Task RemovedBySomebodyElseEachTime_GivesUp()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.Faults.On("PUT", "/members/").Run(_ => rig.Grafana.RemoveTeamMember(rig.Team, rig.Ada));

        var failure = await rig.GrantFailsAsync("admin");

        Assert.Equal(StatusCode.NotFound, failure.Code);
        Assert.Contains($"read back, ada is not a member of {Team}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, rig.Grafana.Requests.Writes.Count);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task OutsideTheOrganization_IsRefusedBeforeAnyWrite(Access access, string version)
    {
        // D20: 6.5 stores a membership that nobody sees (fx:238).
        await using var rig = await TeamRig.StartAsync(access, version);
        rig.Grafana.RemoveMember(rig.Platform, rig.Ada);

        var failure = await rig.GrantFailsAsync("member");

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Equal(
            "grafana-connector: ada is not a member of organization 2 (platform), and team 2 (on call) takes members of its organization only. Grant a role there first", failure.Message);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task NoSuchAccount_IsRefusedBeforeAnyWrite(string version)
    {
        // fx:237
        await using var rig = await TeamRig.StartAsync(Access.Administrator, version);
        rig.Grafana.RemoveUser(rig.Ada);

        Assert.Equal(StatusCode.NotFound, (await rig.GrantFailsAsync("member")).Code);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task RemovedFromTheOrganizationMeanwhile_IsExplained()
    {
        // D16: Grafana's 500 for it would be retried for ever.
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.Faults.On("POST", "/members$").Once().Run(_ => rig.Grafana.RemoveMember(rig.Platform, rig.Ada));

        Assert.Equal(StatusCode.FailedPrecondition, (await rig.GrantFailsAsync("member")).Code);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("admin")]
    public async Task ProvisionedTeam_IsRefusedBeforeAnyWrite(string slug)
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator, "12.1", isProvisioned: true);

        var failure = await rig.GrantFailsAsync(slug);

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Contains($"{Team} is provisioned (SCIM), and Grafana lets nobody else change its members. Change the group at the identity provider", failure.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task ProvisionedTeamThatDoesNotSaySo_IsExplained()
    {
        // 400 Team memberships cannot be updated for provisioned teams
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.Faults.On("POST", "/members$").Respond(400, """{"message":"Team memberships cannot be updated for provisioned teams"}""");

        Assert.Equal(StatusCode.FailedPrecondition, (await rig.GrantFailsAsync("member")).Code);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task NoSuchTeam_IsNotFound(string version)
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator, version);
        rig.Grafana.RemoveTeam(rig.Team);

        Assert.Equal(StatusCode.NotFound, (await rig.GrantFailsAsync("member")).Code);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Forbidden_NamesTheAction()
    {
        await using var rig = await TeamRig.StartAsync(Access.Token);
        var narrow = rig.Grafana.AddServiceAccountToken(
            rig.Platform, GrafanaRole.Viewer, [("orgs:read", ""), ("org.users:read", "users:*"), ("teams:read", "teams:*"), ("teams.permissions:read", "teams:*")], "narrow");

        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.Connect(narrow).Teams.GrantAsync(rig.Entitlement("member"), rig.Principal, new Change(), TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.PermissionDenied, failure.Code);
        Assert.Contains("needs teams.permissions:read and teams.permissions:write (scope teams:*)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task OrganizationUnknown_IsSearchedFor(Access access, string version)
    {
        // What upstream or the platform keeps of a team may be its id alone.
        await using var rig = await TeamRig.StartAsync(access, version);

        await rig.GrantAsync(TeamRig.Entitlement(rig.Team, "member"), rig.Principal);

        Assert.Equal(0, rig.Permission);
    }

    [Fact]
    public async Task OrganizationAsANumber_IsUnderstood()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);

        await rig.GrantAsync(TeamRig.Entitlement(rig.Team, "member", Value.ForNumber(rig.Platform)), rig.Principal);

        Assert.Equal(0, rig.Permission);
        Assert.DoesNotContain(rig.Grafana.Requests.All, request => request.Path == $"/api/teams/{rig.Team}" && request.Headers["X-Grafana-Org-Id"] == "1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OrganizationThatTheAccountIsNotIn_IsExplained(bool isTold)
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddMember(rig.Platform, rig.Grafana.AddUser("boss"), GrafanaRole.Admin);
        rig.Grafana.RemoveMember(rig.Platform, 1);

        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(isTold ? rig.Entitlement("member") : TeamRig.Entitlement(rig.Team, "member"), rig.Principal));

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Contains("organization 2 (platform)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("make it an Admin there", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TeamOfAnotherOrganization_TokenRefusesIt()
    {
        // D12
        await using var rig = await TeamRig.StartAsync(Access.Token);

        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(TeamRig.Entitlement(1, "member", Value.ForString("1")), rig.Principal));

        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task GrantRevokeGrant_WithinSeconds_EndsRight()
    {
        // E8.3: one process, nothing cached.
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        var teams = rig.Connect().Teams;
        var cancellation = TestContext.Current.CancellationToken;
        var grant = RoleRig.Grant(rig.Entitlement("member"), rig.Principal);

        await teams.GrantAsync(grant.Entitlement, rig.Principal, new Change(), cancellation);
        await teams.RevokeAsync(grant, new Change(), cancellation);
        Assert.Empty(RoleRig.Told(await teams.GrantAsync(grant.Entitlement, rig.Principal, new Change(), cancellation)));

        Assert.Equal(0, rig.Permission);
    }

    [Fact]
    public async Task DryRun_ShowsBothRequestsAndSendsNone()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => rig.GrantAsync("admin", change));

        Assert.Equal(
            [$$"""POST /api/teams/{{rig.Team}}/members {"userId":{{rig.Ada}}}""", $$"""PUT /api/teams/{{rig.Team}}/members/{{rig.Ada}} {"permission":4}"""],
            change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"ada is not a member of {Team}", "ada is Viewer of organization 2 (platform)"], change.Checks);
        Assert.Null(rig.Permission);
    }

    [Theory]
    [InlineData("team:x:member", "team", "x", "member", "invalid team ID x")]
    [InlineData("team:2:member", "org", "2", "member", "invalid team ID 2")]
    [InlineData("team:3:member", "team", "2", "member", "invalid entitlement ID format team:3:member: it must be team:2:member or team:2:admin")]
    [InlineData("team:2:owner", "team", "2", "", "invalid entitlement owner: a team has member and admin")]
    [InlineData("team:2:member", "team", "2", "admin", "has the slug admin, which says another")]
    public async Task WrongEntitlement_IsRefused(string id, string type, string resource, string slug, string reason)
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        var entitlement = new Entitlement { Id = id, Slug = slug, Resource = new Resource { Id = Ids.Resource(type, resource) } };

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => rig.GrantAsync(entitlement, rig.Principal));

        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.All);
    }

    [Fact]
    public async Task WrongPrincipal_IsRefused()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);

        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.GrantAsync(rig.Entitlement("member"), new Resource { Id = Ids.Resource("service_account", "7") }));

        Assert.Equal((StatusCode.InvalidArgument, "grafana-connector: principal must be a user, got service_account"), (failure.Code, failure.Message));
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<ConnectorException>(() => rig.GrantAsync(new Entitlement(), rig.Principal))).Code);
    }
}
