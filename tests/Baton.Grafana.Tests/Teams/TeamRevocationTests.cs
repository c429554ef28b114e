using Baton.Grafana.Tests.Memberships;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Teams;

/// <summary>Taking somebody out of a team, and the administrator's right from him (E7).</summary>
public sealed class TeamRevocationTests
{
    private const string Team = "team 2 (on call) of organization 2 (platform)";

    public static MatrixTheoryData<Access, string> Servers => new([Access.Administrator, Access.Token], ["6.5", "7.5", "9.4", "11.3", "12.1"]);

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Member_IsRemoved(Access access, string version)
    {
        await using var rig = await TeamRig.StartAsync(access, version);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);

        var outcome = await rig.RevokeAsync("member");

        Assert.Null(rig.Permission);
        Assert.Equal([$"DELETE /api/teams/{rig.Team}/members/{rig.Ada}"], rig.Grafana.Requests.Writes);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("", RoleRig.Verified(outcome));
        Assert.StartsWith($"ada is not a member of {Team} (was a member); read back at ", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Admin_StaysAMember(Access access, string version)
    {
        await using var rig = await TeamRig.StartAsync(access, version);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada, permission: 4);

        var outcome = await rig.RevokeAsync("admin");

        Assert.Equal(0, rig.Permission);
        Assert.Equal([$"PUT /api/teams/{rig.Team}/members/{rig.Ada}"], rig.Grafana.Requests.Writes);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("member", RoleRig.Verified(outcome));
    }

    [Theory]
    [InlineData("member", null)]
    [InlineData("admin", null)]
    [InlineData("admin", 0)]
    public async Task NotSo_IsSaidWithoutAWrite(string slug, int? permission)
    {
        await using var rig = await TeamRig.StartAsync(Access.Token);
        if (permission is { } held)
        {
            rig.Grafana.AddTeamMember(rig.Team, rig.Ada, held);
        }

        var outcome = await rig.RevokeAsync(slug);

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(outcome));
        Assert.Equal(permission is null ? "" : "member", RoleRig.Verified(outcome));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task NoSuchTeam_IsRevokedAlready(Access access, string version)
    {
        // D21
        await using var rig = await TeamRig.StartAsync(access, version);
        rig.Grafana.RemoveTeam(rig.Team);

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync("member")));
        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync(RoleRig.Grant(TeamRig.Entitlement(rig.Team, "member"), rig.Principal))));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task TeamDeletedMeanwhile_IsRevokedAlready(string version)
    {
        // D21: 404 Team not found
        await using var rig = await TeamRig.StartAsync(Access.Administrator, version);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);
        rig.Grafana.Faults.On("DELETE", "/members/").Once().Run(_ => rig.Grafana.RemoveTeam(rig.Team));

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync("member")));
    }

    [Fact]
    public async Task NoSuchOrganization_IsRevokedAlready()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.RemoveOrganization(rig.Platform);

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync("member")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OrganizationThatTheAccountIsNotIn_IsNotTakenForRevoked(bool isTold)
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);
        rig.Grafana.RemoveMember(rig.Platform, 1);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => rig.RevokeAsync(RoleRig.Grant(
            isTold ? rig.Entitlement("member") : TeamRig.Entitlement(rig.Team, "member"), rig.Principal)));

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Equal(0, rig.Permission);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("admin")]
    public async Task RemovedBySomebodyElseMeanwhile_IsRevokedAlready(string slug)
    {
        // 404 Team member not found
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada, permission: 4);
        rig.Grafana.Faults.On(slug == "member" ? "DELETE" : "PUT", "/members/").Once().Run(_ => rig.Grafana.RemoveTeamMember(rig.Team, rig.Ada));

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync(slug)));
    }

    [Fact]
    public async Task AdministratorAsAMember_IsRemovedAndLosesBoth()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada, permission: 4);
        var change = new Change();

        await rig.RevokeAsync("member", change);

        Assert.Null(rig.Permission);
        Assert.Equal([$"ada is no longer an administrator of {Team} either"], change.Effects);
    }

    [Fact]
    public async Task ProvisionedTeam_IsRefusedBeforeAnyWrite()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator, "12.1", isProvisioned: true);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);

        var failure = await rig.RevokeFailsAsync("member");

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Contains("is provisioned (SCIM)", failure.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync("admin")));
    }

    [Fact]
    public async Task FromTeamSynchronization_IsRemovedWithAWord()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.SetAuthModule(rig.Ada, "ldap");
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada, isSynced: true);
        var change = new Change();

        var outcome = await rig.RevokeAsync("member", change);

        Assert.Null(rig.Permission);
        Assert.Equal(["team synchronization (LDAP) may put ada back at the next sign-in"], change.Effects);
        Assert.Contains("(was a member); team synchronization (LDAP) may restore it at the next sign-in", outcome.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromTeamSynchronizationAndRefused_IsExplained()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.SetAuthModule(rig.Ada, "ldap");
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada, isSynced: true);
        rig.Grafana.Faults.On("DELETE", "/members/").Respond(400, """{"message":"Refused"}""");

        var failure = await rig.RevokeFailsAsync("member");

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Contains($"ada is in {Team} by team synchronization (LDAP), and Grafana refuses: Refused. Change the group", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HiddenFromTheToken_IsNotTakenForRevoked()
    {
        // Grafana counts her in the team and does not show her: its own word decides.
        await using var rig = await TeamRig.StartAsync(Access.Token, options: new FakeGrafanaOptions { HiddenUsers = ["ada"] });
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);

        var outcome = await rig.RevokeAsync("member");

        Assert.Null(rig.Permission);
        Assert.Empty(RoleRig.Told(outcome));
    }

    [Fact]
    public async Task HiddenFromTheTokenAndNotCounted_IsRefused()
    {
        await using var rig = await TeamRig.StartAsync(Access.Token, options: new FakeGrafanaOptions { HiddenUsers = ["ada"] });

        var failure = await rig.RevokeFailsAsync("member");

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Contains("hidden_users", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeftBehindByADeletedAccount_IsRemoved()
    {
        // 6.5 keeps rows of accounts that are gone, and does not show them (fx:237).
        await using var rig = await TeamRig.StartAsync(Access.Administrator, "6.5");
        rig.Grafana.AddTeamMember(rig.Team, 9999);
        rig.Grafana.AddTeamMember(rig.Team, 9998);
        var grant = RoleRig.Grant(rig.Entitlement("member"), RoleRig.Principal(9999));

        Assert.Empty(RoleRig.Told(await rig.RevokeAsync(grant)));
        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync(grant)));

        Assert.Equal([9998L], rig.Grafana.TeamMembers(rig.Team).Keys);
    }

    [Fact]
    public async Task RestoredAtOnce_IsNotTakenForRevoked()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada);
        rig.Grafana.Faults.On("DELETE", "/members/").Respond(200, """{"message":"Team Member removed"}""");

        var failure = await rig.RevokeFailsAsync("member");

        Assert.Equal(StatusCode.Aborted, failure.Code);
        Assert.Contains($"read back, ada is a member of {Team}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_ShowsTheRequestAndSendsNone()
    {
        await using var rig = await TeamRig.StartAsync(Access.Administrator);
        rig.Grafana.AddTeamMember(rig.Team, rig.Ada, permission: 4);
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => rig.RevokeAsync("admin", change));

        Assert.Equal([$$"""PUT /api/teams/{{rig.Team}}/members/{{rig.Ada}} {"permission":0}"""], change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"ada is an administrator of {Team}"], change.Checks);
        Assert.Equal(4, rig.Permission);
    }
}
