using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Deleting accounts of the server, and those that must stay (D6, D7, D18).</summary>
public sealed class ServerAccountRemovalTests
{
    private const string Refusing = "grafana-connector: refusing to delete";

    public static TheoryData<string> Versions => ["6.5", "7.5", "9.4", "11.3", "13.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Delete_Account_IsGone(string version)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        var ada = rig.Grafana.AddUser("ada");

        var outcome = await rig.DeleteAsync(ada);

        Assert.False(rig.Grafana.HasUser(ada));
        Assert.Equal([$"DELETE /api/admin/users/{ada}"], rig.Writes);
        Assert.Empty(outcome.Annotations);
        Assert.StartsWith($"account {ada} (ada) is deleted; read back from Grafana {version}", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Delete_Unknown_IsASuccessAndSaysThatThereIsNone(string version)
    {
        // D18: 6.5 would say that it deleted it.
        await using var rig = await AccountRig.AsAdministratorAsync(version);

        var outcome = await rig.DeleteAsync(77);

        Assert.True(Annotations.Has(outcome.Annotations, ResourceDoesNotExist.Descriptor));
        Assert.Equal("Grafana has no account 77", outcome.Summary);
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Delete_Self_IsRefused(string version)
    {
        // D6, whoever else could do it afterwards.
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        rig.Grafana.AddUser(new UserSeed("second") { IsServerAdmin = true });
        rig.Grafana.AddMember(1, 3, GrafanaRole.Admin);

        var refused = await rig.DeleteFailsAsync(1);

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Equal(
            $"{Refusing} admin: it is the account that the connector signs in with. It would have this effect: the connector locks itself out. Do it with another account, in Grafana",
            refused.Message);
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_ServerAdminBesideDisabledOnesOnly_IsRefused(bool other)
    {
        // The connector's own account is no server administrator here, which Enterprise allows; the rows say so.
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser(new UserSeed("ada") { IsServerAdmin = true });
        rig.Grafana.AddUser(new UserSeed("gone") { IsServerAdmin = true, IsDisabled = true });
        rig.Grafana.AddUser(new UserSeed("other") { IsServerAdmin = other });
        rig.Grafana.Faults.On("GET", "^/api/users/search").Respond(
            200,
            $$"""
            {"totalCount":4,"users":[{"id":1,"login":"admin","isAdmin":false},{"id":{{ada}},"login":"ada","isAdmin":true},
            {"id":4,"login":"gone","isAdmin":true,"isDisabled":true},{"id":5,"login":"other","isAdmin":{{(other ? "true" : "false")}}}]}
            """);

        if (other)
        {
            await rig.DeleteAsync(ada);
            return;
        }

        var refused = await rig.DeleteFailsAsync(ada);

        Assert.Equal(
            (StatusCode.FailedPrecondition,
                $"{Refusing} ada: it is the last server administrator that is enabled. It would have this effect: ada is no longer a server administrator. Make somebody else server administrator first"),
            (refused.Code, refused.Message));
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Delete_OtherServerAdminIsOnTheSecondPage_IsFound()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser(new UserSeed("ada") { IsServerAdmin = true });
        rig.Grafana.Faults.On("GET", "^/api/users/search.*page=1$").Respond(200, $$"""{"totalCount":2,"users":[{"id":{{ada}},"login":"ada","isAdmin":true}]}""");
        rig.Grafana.Faults.On("GET", "^/api/users/search.*page=2$").Respond(200, """{"totalCount":2,"users":[{"id":1,"login":"admin","isAdmin":true}]}""");

        await rig.DeleteAsync(ada);

        Assert.False(rig.Grafana.HasUser(ada));
    }

    [Fact]
    public async Task Delete_LastAdminOfOneOrganization_IsRefusedWithItsName()
    {
        // D7
        await using var rig = await AccountRig.AsAdministratorAsync();

        var refused = await rig.DeleteFailsAsync(rig.Boss);

        Assert.Equal(
            (StatusCode.FailedPrecondition,
                $"{Refusing} boss: it is the last Admin of organization 2 (platform team). It would have this effect: organization 2 (platform team) is left without an Admin. "
                + "Make somebody else Admin there first, or set --allow-last-admin-removal"),
            (refused.Code, refused.Message));
        Assert.True(rig.Grafana.HasUser(rig.Boss));
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Delete_LastAdminOfSeveralOrganizations_NamesThemAll()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddMember(rig.Grafana.AddOrganization("third"), rig.Boss, GrafanaRole.Admin);
        rig.Grafana.AddMember(1, rig.Boss, GrafanaRole.Admin);

        var refused = await rig.DeleteFailsAsync(rig.Boss);

        Assert.Contains("it is the last Admin of organization 2 (platform team), 3 (third).", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Delete_LastAdminAndAllowed_IsDoneWithTheEffectTold(string version)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(version, policy: new() { AllowLastAdminRemoval = true });
        var change = new Change();

        await rig.DeleteAsync(rig.Boss, change);

        Assert.False(rig.Grafana.HasUser(rig.Boss));
        Assert.Equal(
            ["organization 2 (platform team) is left without an Admin", "boss loses every membership, team and permission, and what only this account owns"], change.Effects);
    }

    [Fact]
    public async Task Delete_SelfAndLastAdminsAreAllowed_IsStillRefused()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { AllowLastAdminRemoval = true });

        Assert.Contains("the account that the connector signs in with", (await rig.DeleteFailsAsync(1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_AdminBesideAnother_IsDone(bool otherIsDisabled)
    {
        // Grafana counts disabled accounts, and so does the guard; that they can do nothing is told.
        await using var rig = await AccountRig.AsAdministratorAsync();
        var other = rig.Grafana.AddUser(new UserSeed("other") { IsDisabled = otherIsDisabled });
        rig.Grafana.AddMember(2, other, GrafanaRole.Admin);
        var change = new Change();

        await rig.DeleteAsync(rig.Boss, change);

        Assert.False(rig.Grafana.HasUser(rig.Boss));
        Assert.Equal(otherIsDisabled, change.Effects.Contains("the other Admins of organization 2 (platform team) are disabled accounts", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Delete_EditorBesideNoAdmin_IsDone()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(rig.Grafana.AddOrganization("nobody's"), ada, GrafanaRole.Editor);

        await rig.DeleteAsync(ada);

        Assert.False(rig.Grafana.HasUser(ada));
    }

    [Fact]
    public async Task Delete_MembershipsCannotBeRead_IsNotDone()
    {
        // A guard that cannot look does not let pass.
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.Faults.On("GET", $"^/api/users/{ada}/orgs$").Respond(500);

        Assert.Equal(StatusCode.Unavailable, (await rig.DeleteFailsAsync(ada)).Code);
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("500")]
    [InlineData("504")]
    [InlineData("404")]
    public async Task Delete_BadAnswerAndGone_IsDone(string answer)
    {
        // 9 and later answer 500 when only what depends on the account could not be cleared away.
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");
        var fault = rig.Grafana.Faults.On("DELETE", "^/api/admin/users/").AfterEffect();
        _ = int.TryParse(answer, out var status) ? fault.Respond(status) : fault.Reset();

        var outcome = await rig.DeleteAsync(ada);

        Assert.StartsWith($"account {ada} (ada) is deleted", outcome.Summary, StringComparison.Ordinal);
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData("reset", StatusCode.Unavailable, "; account 3 (ada) is still there")]
    [InlineData("500", StatusCode.Unavailable, "500: Injected 500; account 3 (ada) is still there")]
    [InlineData("200", StatusCode.Aborted, "grafana-connector: Grafana said \"User deleted\", but account 3 (ada) is still there")]
    [InlineData("403", StatusCode.PermissionDenied, "Injected 403; the credential needs users:delete (scope global.users:*)")]
    [InlineData("400", StatusCode.InvalidArgument, "Grafana answers /api/admin/users/3 with 400: Injected 400")]
    public async Task Delete_BadAnswerAndStillThere_SaysSo(string answer, StatusCode code, string message)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");
        var fault = rig.Grafana.Faults.On("DELETE", "^/api/admin/users/");
        _ = int.TryParse(answer, out var status) ? fault.Respond(status, status == 200 ? """{"message":"User deleted"}""" : null) : fault.Reset();

        var failed = await rig.DeleteFailsAsync(ada);

        Assert.Equal(code, failed.Code);
        Assert.EndsWith(message, failed.Message, StringComparison.Ordinal);
        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Delete_CannotBeReadBack_SaysThatItWasSent()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.Faults.On("GET", $"^/api/users/{ada}$").From(2).Respond(503);

        var failed = await rig.DeleteFailsAsync(ada);

        Assert.Equal((StatusCode.Unavailable, false), (failed.Code, rig.Grafana.HasUser(ada)));
        Assert.StartsWith("grafana-connector: Grafana said \"User deleted\", but what came of it could not be read back: ", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("")]
    [InlineData("-3")]
    [InlineData("0")]
    [InlineData("3/../1")]
    public async Task Delete_NoIdOfGrafanas_AsksNobody(string id)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var refused = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.Connect().Users.DeleteResourceAsync(Ids.Resource("user", id), null, new Change(), TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.InvalidArgument, $"grafana-connector: invalid user ID {id}: it must be a number"), (refused.Code, refused.Message));
        Assert.Equal(0, rig.Grafana.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Delete_Deprovisioning_DisablesAndKeepsEverything(string version)
    {
        // D37
        await using var rig = await AccountRig.AsAdministratorAsync(version, policy: new() { Deprovisioning = Deprovisioning.Disable });
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(2, ada, GrafanaRole.Editor);

        var outcome = await rig.DeleteAsync(ada);

        Assert.True(rig.Grafana.IsDisabled(ada));
        Assert.Equal(GrafanaRole.Editor, rig.Grafana.RoleOf(2, ada));
        Assert.Equal($"account {ada} (ada) is disabled; read back from Grafana {version}", outcome.Summary.Replace(".0-pre", "", StringComparison.Ordinal).Replace($"{version}.0", version, StringComparison.Ordinal));
        Assert.Equal([$"POST /api/admin/users/{ada}/disable"], rig.Writes);

        Assert.Contains("is disabled already", (await rig.DeleteAsync(ada)).Summary, StringComparison.Ordinal);
        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Delete_DeprovisioningSomebodyExternal_SaysWhereToDoIt()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { Deprovisioning = Deprovisioning.Disable });
        var ada = rig.Grafana.AddUser(new UserSeed("ada") { AuthModule = "auth.saml" });

        var refused = await rig.DeleteFailsAsync(ada);

        Assert.Equal(
            (StatusCode.FailedPrecondition, "grafana-connector: ada signs in through an identity provider, and Grafana does not let such accounts be disabled; do it there"),
            (refused.Code, refused.Message));
        Assert.True(rig.Grafana.HasUser(ada));
    }

    [Fact]
    public async Task Delete_DeprovisioningTheUnknown_IsASuccess()
    {
        await using var rig = await AccountRig.AsAdministratorAsync("6.5", policy: new() { Deprovisioning = Deprovisioning.Disable });

        Assert.True(Annotations.Has((await rig.DeleteAsync(77)).Annotations, ResourceDoesNotExist.Descriptor));
        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData(1, "grafana-connector: refusing to disable admin: it is the account that the connector signs in with")]
    [InlineData(2, "grafana-connector: refusing to disable boss: it is the last Admin of organization 2 (platform team)")]
    public async Task Delete_DeprovisioningWhomOneMustKeep_IsRefused(long id, string message)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { Deprovisioning = Deprovisioning.Disable });

        Assert.StartsWith(message, (await rig.DeleteFailsAsync(id)).Message, StringComparison.Ordinal);
        Assert.False(rig.Grafana.IsDisabled(id));
    }

    [Fact]
    public async Task Delete_DeprovisioningALastAdminThatIsDisabled_HasNothingToRefuse()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { Deprovisioning = Deprovisioning.Disable });
        rig.Grafana.SetDisabled(rig.Boss, true);

        Assert.Contains("is disabled already", (await rig.DeleteAsync(rig.Boss)).Summary, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }
}
