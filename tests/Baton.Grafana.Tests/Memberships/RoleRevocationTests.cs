using Baton.Grafana.Memberships;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Memberships;

public sealed class RoleRevocationTests
{
    private const string Platform = "organization 2 (platform team)";

    public static MatrixTheoryData<Access, string> Servers => new([Access.Administrator, Access.Token], ["6.5", "7.5", "9.4", "10.1", "11.3", "12.1"]);

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Revoke_TheRoleHeld_RemovesOnceAndReadsBack(Access access, string version)
    {
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Editor);

        var outcome = await rig.RevokeAsync("Editor");

        Assert.Null(rig.Role);
        Assert.Equal(GrafanaRole.Viewer, rig.Grafana.RoleOf(1, rig.Ada));
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("", RoleRig.Verified(outcome));
        Assert.StartsWith($"ada is no longer a member of {Platform} (was Editor); read back at ", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal([access == Access.Token ? "DELETE /api/org/users/3" : "DELETE /api/orgs/2/users/3"], rig.Grafana.Requests.Writes);
        Assert.StartsWith("GET", rig.Grafana.Requests.Lines[^1], StringComparison.Ordinal);
        Assert.Contains(rig.Logs.Lines, line => line.Contains("revocation verified orgId=2 userId=3 verifiedRole= ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Revoke_SupersededRole_WritesNothing(Access access, string version)
    {
        // D3, E8.4: the grant that expires is not the one that she has now.
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);

        var outcome = await rig.RevokeAsync("Viewer");

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(outcome));
        Assert.Equal("Admin", RoleRig.Verified(outcome));
        Assert.Contains($"ada is Admin of {Platform}, no longer Viewer; left as it is", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Admin, rig.Role);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Revoke_NotAMember_IsDoneAlready(Access access, string version)
    {
        await using var rig = await RoleRig.StartAsync(access, version);

        var outcome = await rig.RevokeAsync("Viewer");

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(outcome));
        Assert.Equal("", RoleRig.Verified(outcome));
        Assert.Contains($"account 3 is not a member of {Platform}", outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Revoke_NoSuchAccount_IsDoneAlready(Access access, string version)
    {
        // D18
        await using var rig = await RoleRig.StartAsync(access, version);

        var outcome = await rig.RevokeAsync(RoleRig.Grant(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(4711, "ghost")));

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(outcome));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Revoke_TheLastAdmin_IsRefusedBeforeAnyWrite(Access access, string version)
    {
        // D8
        await using var rig = await RoleRig.StartAsync(access, version);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.RevokeAsync(RoleRig.Grant(RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(rig.Boss, "boss"))));

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"boss is the last Admin of {Platform}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("left without", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Make somebody else Admin there first", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
        Assert.Equal(GrafanaRole.Admin, rig.Grafana.RoleOf(rig.Platform, rig.Boss));
    }

    [Theory]
    [InlineData(Access.Administrator, "6.5")]
    [InlineData(Access.Token, "6.5")]
    [InlineData(Access.Administrator, "11.3")]
    [InlineData(Access.Token, "11.3")]
    public async Task Revoke_OtherAdminGoesInBetween_IsStillExplained(Access access, string version)
    {
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Admin);
        rig.Grafana.Faults.On("DELETE", "").Once().Run(_ => rig.Grafana.RemoveMember(rig.Platform, rig.Boss));

        var refusal = await rig.RevokeFailsAsync("Admin");

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains($"ada is the last Admin of {Platform}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Admin, rig.Role);
    }

    [Theory]
    [InlineData(Access.Administrator, "6.5")]
    [InlineData(Access.Token, "11.3")]
    public async Task Revoke_OrganizationWithoutAnyAdmin_SaysThatOneIsNeeded(Access access, string version)
    {
        // The same 400 (recorded exchange 356), for another reason.
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.SetRole(rig.Platform, rig.Boss, GrafanaRole.Editor);

        var refusal = await rig.RevokeFailsAsync("Viewer");

        Assert.Equal((StatusCode.FailedPrecondition, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"{Platform} has no Admin", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ada is the last Admin", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(GrafanaRole.Viewer, rig.Role);
    }

    [Fact]
    public async Task Revoke_OrganizationIsGone_IsDoneAlready()
    {
        // Grafana's answer to the removal would be the one about the last Admin.
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        rig.Grafana.RemoveOrganization(rig.Platform);

        var outcome = await rig.RevokeAsync("Viewer");

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(outcome));
        Assert.Contains("Grafana has no organization 2", outcome.Summary, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Revoke_OrganizationGoesInBetween_IsDone()
    {
        await using var rig = await RoleRig.StartAsync(Access.Administrator);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("DELETE", "").Run(_ => rig.Grafana.RemoveOrganization(rig.Platform));

        var outcome = await rig.RevokeAsync("Viewer");

        Assert.Equal("", RoleRig.Verified(outcome));
        Assert.Contains("ada is no longer a member", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Revoke_AccountGoesInBetween_IsDoneAlready(string version)
    {
        // D16: Grafana says 500 to the removal of somebody who is no account.
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("DELETE", "").Run(_ => rig.Grafana.RemoveUser(rig.Ada));

        var outcome = await rig.RevokeAsync("Viewer");

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(outcome));
        Assert.Contains("the account ada was deleted meanwhile", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task Revoke_LastOrganizationAsAdministrator_LeavesTheAccount(string version)
    {
        // D5: the administrator's route never deletes; the effect is told beforehand.
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version);
        rig.Grafana.RemoveMember(1, rig.Ada);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        var change = new Change();

        var outcome = await rig.RevokeAsync("Viewer", change);

        Assert.True(rig.Grafana.HasUser(rig.Ada));
        Assert.Empty(RoleRig.Told(outcome));
        Assert.StartsWith("ada is left without any organization (the account stays)", Assert.Single(change.Effects), StringComparison.Ordinal);
        Assert.Equal(["ada (account 3) is Viewer of organization 2 (platform team)"], change.Checks);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task Revoke_LastOrganizationWithAToken_TellsThatTheAccountIsGone(string version)
    {
        // D5
        await using var rig = await RoleRig.StartAsync(Access.Token, version);
        rig.Grafana.RemoveMember(1, rig.Ada);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        var change = new Change();

        var outcome = await rig.RevokeAsync("Viewer", change);

        Assert.False(rig.Grafana.HasUser(rig.Ada));
        Assert.Equal(["ResourceDeleted user:3"], RoleRig.Told(outcome));
        Assert.Equal("", RoleRig.Verified(outcome));
        Assert.Contains($"Grafana deleted the account ada: {Platform} was its last organization", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains("Grafana deletes the account", Assert.Single(change.Effects), StringComparison.Ordinal);

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync("Viewer")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revoke_AnswerLostWithAToken_DoesNotClaimToKnowAboutTheAccount(bool isLastOrganization)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token);
        if (isLastOrganization)
        {
            rig.Grafana.RemoveMember(1, rig.Ada);
        }

        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("DELETE", "").AfterEffect().Reset();

        var outcome = await rig.RevokeAsync("Viewer");

        Assert.Empty(RoleRig.Told(outcome));
        Assert.Contains("ada is no longer a member", outcome.Summary, StringComparison.Ordinal);
        Assert.Contains("not known whether it deleted the account", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.2", false)]
    [InlineData("11.3", false)]
    [InlineData("11.3", true)]
    [InlineData("12.1", false)]
    public async Task Revoke_ModeNone_KeepsAccountAndTeams(string version, bool hideVersion)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version, new FakeGrafanaOptions { HideVersion = hideVersion }, ModeNone);
        rig.Grafana.RemoveMember(1, rig.Ada);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Editor);
        var team = rig.Grafana.AddTeam(rig.Platform, "on call");
        rig.Grafana.AddTeamMember(team, rig.Ada);
        var change = new Change();

        var outcome = await rig.RevokeAsync("Editor", change);

        Assert.Equal(GrafanaRole.None, rig.Role);
        Assert.Contains(rig.Ada, rig.Grafana.TeamMembers(team));
        Assert.Equal("None", RoleRig.Verified(outcome));
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Contains($"ada is None of {Platform} (was Editor)", outcome.Summary, StringComparison.Ordinal);
        Assert.Equal([$"ada stays a member of {Platform} without a basic role"], change.Effects);
        Assert.Equal(["PATCH /api/org/users/3"], rig.Grafana.Requests.Writes);

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(await rig.RevokeAsync("Editor")));

        // There is no role below None: whoever is to lose that one goes.
        Assert.Equal(["ResourceDeleted user:3"], RoleRig.Told(await rig.RevokeAsync("None")));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("10.1")]
    public async Task Revoke_ModeNoneBeforeItExists_IsRefusedWithoutAWrite(string version)
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, version, change: ModeNone);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Editor);

        var refusal = await rig.RevokeFailsAsync("Editor");

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains($"--token-revoke-mode=none needs Grafana 10.2, and this is Grafana {version}", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
        Assert.Equal(GrafanaRole.Editor, rig.Role);
    }

    [Fact]
    public async Task Revoke_ModeNoneOfTheLastAdmin_IsRefused()
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, change: ModeNone);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.RevokeAsync(RoleRig.Grant(RoleRig.Entitlement(rig.Platform, "Admin"), RoleRig.Principal(rig.Boss, "boss"))));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains($"boss is the last Admin of {Platform}", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("9.4")]
    [InlineData("11.3")]
    public async Task Revoke_ModeNoneAsAdministrator_RemovesAllTheSame(string version)
    {
        // The mode is about what tokens do to accounts.
        await using var rig = await RoleRig.StartAsync(Access.Administrator, version, change: ModeNone);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Editor);

        await rig.RevokeAsync("Editor");

        Assert.Null(rig.Role);
        Assert.Equal(["DELETE /api/orgs/2/users/3"], rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(Access.Administrator, "9.4", false)]
    [InlineData(Access.Administrator, "11.3", true)]
    [InlineData(Access.Token, "11.3", true)]
    [InlineData(Access.Token, "12.1", true)]
    public async Task Revoke_ExternallySynced_IsDoneWithAWarning(Access access, string version, bool isTold)
    {
        // E4.4
        await using var rig = await RoleRig.StartAsync(access, version);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Editor);
        rig.Grafana.SetAuthModule(rig.Ada, "ldap");
        var change = new Change();

        var outcome = await rig.RevokeAsync("Editor", change);

        Assert.Null(rig.Role);
        Assert.Equal(isTold, outcome.Summary.Contains("its identity provider may restore the membership at the next sign-in", StringComparison.Ordinal));
        Assert.Equal(isTold, change.Effects.Contains("the identity provider of ada may restore the membership at the next sign-in", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Revoke_ModeNoneExternallySynced_IsExplained()
    {
        await using var rig = await RoleRig.StartAsync(Access.Token, change: ModeNone);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Editor);
        rig.Grafana.SetAuthModule(rig.Ada, "ldap");

        var refusal = await rig.RevokeFailsAsync("Editor");

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("skip_org_role_sync", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, StatusCode.Unavailable, "with 500: Injected 500; read back, nothing changed")]
    [InlineData(502, StatusCode.Unavailable, "the membership is unchanged")]
    [InlineData(403, StatusCode.PermissionDenied, "org.users:remove")]
    [InlineData(400, StatusCode.InvalidArgument, "Injected 400")]
    public async Task Revoke_RefusedByGrafana_IsClassifiedByStatusAndState(int status, StatusCode code, string says)
    {
        foreach (var access in new[] { Access.Administrator, Access.Token })
        {
            await using var rig = await RoleRig.StartAsync(access);
            rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
            rig.Grafana.Faults.On("DELETE", "").Respond(status);

            var refusal = await rig.RevokeFailsAsync("Viewer");

            Assert.Equal(code, refusal.Code);
            Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(GrafanaRole.Viewer, rig.Role);
            Assert.Single(rig.Grafana.Requests.Writes);
        }
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Revoke_RestoredBeforeItIsReadBack_IsNoSuccess(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("GET", access == Access.Token ? "/org/users/search" : "/users/3/orgs").Nth(2)
            .Run(_ => rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer));

        var refusal = await rig.RevokeFailsAsync("Viewer");

        Assert.Equal((StatusCode.Aborted, false), (refusal.Code, refusal.IsTransient));
        Assert.Contains($"but read back, ada still is Viewer of {Platform}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Revoke_CannotBeReadBack_SaysThatItWasSent(Access access)
    {
        await using var rig = await RoleRig.StartAsync(access);
        rig.Grafana.AddMember(rig.Platform, rig.Ada, GrafanaRole.Viewer);
        rig.Grafana.Faults.On("GET", access == Access.Token ? "/org/users/search" : "/users/3/orgs").From(2).Respond(503);

        var refusal = await rig.RevokeFailsAsync("Viewer");

        Assert.Null(rig.Role);
        Assert.Equal((StatusCode.Unavailable, true), (refusal.Code, refusal.IsTransient));
        Assert.Contains("said \"User removed from organization\", but what came of it could not be read back", refusal.Message, StringComparison.Ordinal);
    }

    private static GrafanaOptions ModeNone(GrafanaOptions options) => options with { TokenRevokeMode = TokenRevokeMode.None };
}
