using Baton.Grafana.Accounts;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Nothing is sent, and everything that would be is shown.</summary>
public sealed class AccountDryRunTests
{
    [Fact]
    public async Task Create_OnAServer_ShowsTheCreationWithoutThePasswordAndWhatFollows()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { RemoveAutoAssigned = true, DefaultRole = OrganizationRole.Editor });
        var change = await WithheldAsync(rig, change => rig.CreateAsync(AccountRig.Info(login: "ada \"l\"", name: "Ada", org: "2"), change: change));

        Assert.Equal(["no account has the login ada \"l\" or the address ada@example.com"], change.Checks);
        Assert.Equal(
            [
                """POST /api/admin/users {"name":"Ada","email":"ada@example.com","login":"ada \u0022l\u0022","password":"(secret)","OrgId":2}""",
                """POST /api/orgs/2/users {"loginOrEmail":"ada \u0022l\u0022","role":"Editor"}, or PATCH of its role where Grafana has put the account there with another""",
                "DELETE /api/orgs/(each other that Grafana put it in)/users/(its id)",
            ],
            change.Requests.Select(request => request.ToString()));
    }

    [Fact]
    public async Task Create_OnAServerWithNothingElseAskedFor_ShowsOneRequest()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var change = await WithheldAsync(rig, change => rig.CreateAsync(change: change));

        Assert.Equal("/api/admin/users", Assert.Single(change.Requests).Target);
    }

    [Theory]
    [InlineData("abc", "false", false)]
    [InlineData("abcd", "false", true)]
    [InlineData("Correct-Horse-1", "true", true)]
    [InlineData("correct-horse-battery-1", "true", false)]
    [InlineData("Short-1", "true", false)]
    public async Task Create_WithAPasswordThatSomebodyChose_IsHeldAgainstThePolicy(string password, string policy, bool isGood)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("GET", "^/api/admin/settings").Respond(200, $$$"""{"auth.basic":{"enabled":"true","password_policy":"{{{policy}}}"}}""");
        using var given = new CredentialRequest.GivenPassword(Plaintext.FromText("password", password));
        var change = new Change(ChangeMode.DryRun);

        if (isGood)
        {
            await Assert.ThrowsAsync<ChangeWithheldException>(() => rig.CreateAsync(credential: given, change: change));
        }
        else
        {
            var refusal = await rig.CreateFailsAsync(credential: given, change: change);
            Assert.Equal(Grpc.Core.StatusCode.FailedPrecondition, refusal.Code);
            Assert.Contains("Grafana would refuse the password", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(password, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_WithATokenWhereMailIsNotSetUp_IsRefusedAsTheInvitationWouldBe()
    {
        await using var rig = await AccountRig.WithTokenAsync();
        rig.Grafana.Faults.On("GET", "^/api/admin/settings").Respond(200, """{"smtp":{"enabled":"false"}}""");

        var refusal = await rig.CreateFailsAsync(change: new Change(ChangeMode.DryRun));

        Assert.Equal(Grpc.Core.StatusCode.FailedPrecondition, refusal.Code);
        Assert.Contains("Grafana cannot send mail ([smtp] is not configured)", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Create_WithATokenThatSeesSomeSettings_SaysThatMailCouldNotBeChecked()
    {
        await using var rig = await AccountRig.WithTokenAsync();
        rig.Grafana.Faults.On("GET", "^/api/admin/settings").Respond(200, """{"auth.basic":{"enabled":"true"}}""");

        var change = await WithheldAsync(rig, change => rig.CreateAsync(change: change));

        Assert.Contains("Grafana does not tell this credential whether it can send mail: [smtp] enabled is not among the settings that it shows", change.Checks);
    }

    [Fact]
    public async Task Create_ThatIsThere_EndsAsWithoutADryRun()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddUser("ada");
        var change = new Change(ChangeMode.DryRun);

        Assert.IsType<AccountOutcome.AlreadyExists>(await rig.CreateAsync(change: change));
        Assert.Equal(["account 3 has the login ada and the address ada@example.com"], change.Checks);
    }

    [Fact]
    public async Task Create_WithAToken_ShowsTheInvitation()
    {
        await using var rig = await AccountRig.WithTokenAsync();

        var change = await WithheldAsync(rig, change => rig.CreateAsync(AccountRig.Info(name: "Ada"), change: change));

        Assert.Equal("ada@example.com is not a member of organization 2 (platform team) and has no pending invitation", change.Checks[0]);
        Assert.StartsWith("Grafana does not tell this credential whether it can send mail", change.Checks[1], StringComparison.Ordinal);
        Assert.Equal(
            """POST /api/org/invites {"loginOrEmail":"ada@example.com","name":"Ada","role":"Viewer","sendEmail":true}""", Assert.Single(change.Requests).ToString());
        Assert.Empty(rig.Grafana.PendingInvites(2));
    }

    [Fact]
    public async Task Delete_OnAServer_ShowsWhatWasLookedAtAndWhatIsLost()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { AllowLastAdminRemoval = true });
        rig.Grafana.AddMember(1, rig.Boss, GrafanaRole.Viewer);
        rig.Grafana.SetServerAdmin(rig.Boss, true);

        var change = await WithheldAsync(rig, change => rig.DeleteAsync(rig.Boss, change));

        Assert.Equal(
            [
                "the connector signs in as admin, which is another account",
                "there is another server administrator",
                "boss is Viewer of organization 1 (Main Org.) and Admin of organization 2 (platform team)",
            ],
            change.Checks);
        Assert.Equal(
            [
                "boss is no longer a server administrator",
                "organization 2 (platform team) is left without an Admin",
                "boss loses every membership, team and permission, and what only this account owns",
            ],
            change.Effects);
        Assert.Equal("DELETE /api/admin/users/2", Assert.Single(change.Requests).ToString());
        Assert.True(rig.Grafana.HasUser(rig.Boss));
    }

    [Fact]
    public async Task Delete_ByDisabling_ShowsThat()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { Deprovisioning = Deprovisioning.Disable });
        var ada = rig.Grafana.AddUser("ada");

        var change = await WithheldAsync(rig, change => rig.DeleteAsync(ada, change));

        Assert.Equal(["ada is signed out everywhere and cannot sign in; its memberships stay"], change.Effects);
        Assert.Equal("POST /api/admin/users/3/disable", Assert.Single(change.Requests).ToString());
    }

    [Fact]
    public async Task Delete_WithAToken_ShowsThatTheAccountMayGo()
    {
        await using var rig = await AccountRig.WithTokenAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Viewer);

        var change = await WithheldAsync(rig, change => rig.DeleteAsync(ada, change));

        Assert.Equal([$"ada (account {ada}) is Viewer of organization 2 (platform team)"], change.Checks);
        Assert.Contains("Grafana deletes the account", Assert.Single(change.Effects), StringComparison.Ordinal);
        Assert.Equal($"DELETE /api/org/users/{ada}", Assert.Single(change.Requests).ToString());
    }

    [Theory]
    [InlineData("disable_user", "POST /api/admin/users/3/disable")]
    [InlineData("logout_user", "POST /api/admin/users/3/logout")]
    public async Task Invoke_Action_ShowsItsRequest(string action, string request)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");

        var change = await WithheldAsync(rig, change => rig.InvokeAsync(action, ada, change));

        Assert.Equal(request, Assert.Single(change.Requests).ToString());
        Assert.False(rig.Grafana.IsDisabled(ada));
    }

    [Fact]
    public async Task Delete_ThatIsRefused_IsRefusedOnADryRunToo()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        Assert.Contains("refusing to delete boss", (await rig.DeleteFailsAsync(rig.Boss, new Change(ChangeMode.DryRun))).Message, StringComparison.Ordinal);
    }

    private static async Task<Change> WithheldAsync(AccountRig rig, Func<Change, Task> run)
    {
        var change = new Change(ChangeMode.DryRun);
        await Assert.ThrowsAsync<ChangeWithheldException>(() => run(change));
        Assert.Empty(rig.Writes);
        return change;
    }
}
