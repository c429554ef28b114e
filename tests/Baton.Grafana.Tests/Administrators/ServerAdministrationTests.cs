using Baton.Grafana.Tests.Memberships;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Administrators;

/// <summary>Who administrates the server, given and taken (D55).</summary>
public sealed class ServerAdministrationTests
{
    private const long Self = 1;

    public static TheoryData<string> Versions => ["6.5", "7.5", "9.4", "11.3", "12.1"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Grant_Account_IsServerAdministrator(string version)
    {
        await using var rig = await AdministratorRig.StartAsync(version);

        var outcome = await rig.GrantAsync(rig.Ada);

        Assert.True(rig.Grafana.IsServerAdmin(rig.Ada));
        Assert.Equal([$"PUT /api/admin/users/{rig.Ada}/permissions"], rig.Grafana.Requests.Writes);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("server-admin", RoleRig.Verified(outcome));
        Assert.StartsWith("ada is a server administrator; read back at ", outcome.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Revoke_Administrator_IsNoneAnyMore(string version)
    {
        await using var rig = await AdministratorRig.StartAsync(version);
        rig.Grafana.SetServerAdmin(rig.Ada, isServerAdmin: true);

        var outcome = await rig.RevokeAsync(rig.Ada);

        Assert.False(rig.Grafana.IsServerAdmin(rig.Ada));
        Assert.Equal([$"PUT /api/admin/users/{rig.Ada}/permissions"], rig.Grafana.Requests.Writes);
        Assert.Empty(RoleRig.Told(outcome));
        Assert.Equal("", RoleRig.Verified(outcome));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Change_HoldsAlready_WritesNothing(string version)
    {
        await using var rig = await AdministratorRig.StartAsync(version);

        var revoked = await rig.RevokeAsync(rig.Ada);
        var unknown = await rig.RevokeAsync(77);
        rig.Grafana.SetServerAdmin(rig.Ada, isServerAdmin: true);
        var granted = await rig.GrantAsync(rig.Ada);

        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(revoked));
        Assert.Equal(["GrantAlreadyRevoked"], RoleRig.Told(unknown));
        Assert.Equal(["GrantAlreadyExists"], RoleRig.Told(granted));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Grant_UnknownAccount_IsNotFound(string version)
    {
        // 6.5 would say that it was done.
        await using var rig = await AdministratorRig.StartAsync(version);

        var refused = await rig.GrantFailsAsync(77);

        Assert.Equal((StatusCode.NotFound, "grafana-connector: Grafana has no account 77"), (refused.Code, refused.Message));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Revoke_Self_IsRefusedWhoeverElseThereIs(bool dryRun)
    {
        await using var rig = await AdministratorRig.StartAsync();
        rig.Grafana.SetServerAdmin(rig.Ada, isServerAdmin: true);

        var refused = await rig.RevokeFailsAsync(Self, new Change(dryRun ? ChangeMode.DryRun : ChangeMode.Carry));

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Equal(
            "grafana-connector: refusing to take server administration from admin: it is the account that the connector signs in with. "
            + "It would have this effect: the connector locks itself out. Do it with another account, in Grafana",
            refused.Message);
        Assert.True(rig.Grafana.IsServerAdmin(Self));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revoke_LastThatIsEnabled_IsRefused(bool other)
    {
        // The connector's own account need not be one: Enterprise can give the right to manage accounts by itself.
        await using var rig = await AdministratorRig.StartAsync();
        rig.Grafana.SetServerAdmin(rig.Ada, isServerAdmin: true);
        rig.Grafana.AddUser(new UserSeed("gone") { IsServerAdmin = true, IsDisabled = true });
        rig.Grafana.Faults.On("GET", "^/api/users/search").Respond(
            200,
            $$"""
            {"totalCount":4,"users":[{"id":1,"login":"admin","isAdmin":false},{"id":{{rig.Ada}},"login":"ada","isAdmin":true},
            {"id":3,"login":"gone","isAdmin":true,"isDisabled":true},{"id":4,"login":"other","isAdmin":{{(other ? "true" : "false")}}}]}
            """);

        if (other)
        {
            await rig.RevokeAsync(rig.Ada);
            return;
        }

        var refused = await rig.RevokeFailsAsync(rig.Ada);

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Contains("it is the last server administrator that is enabled", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Revoke_GrafanaSaysTheLast_IsNoTransientFailure(string version)
    {
        // Somebody else took it from the other one a moment ago.
        await using var rig = await AdministratorRig.StartAsync(version);
        rig.Grafana.SetServerAdmin(rig.Ada, isServerAdmin: true);
        rig.Grafana.Faults.On("PUT", "/permissions$").Respond(400, """{"message":"Cannot remove last grafana admin"}""");

        var refused = await rig.RevokeFailsAsync(rig.Ada);

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Contains("Make somebody else server administrator first", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.5", false)]
    [InlineData("9.5", true)]
    [InlineData("12.1", false)]
    [InlineData("12.1", true)]
    public async Task Change_IdentityProviderDecides_IsRefusedBeforeAnythingIsSent(string version, bool isServerAdministrator)
    {
        await using var rig = await AdministratorRig.StartAsync(version);
        var synced = rig.Grafana.AddUser(new UserSeed("synced") { IsServerAdminExternallySynced = true, IsServerAdmin = isServerAdministrator });

        var refused = isServerAdministrator ? await rig.RevokeFailsAsync(synced) : await rig.GrantFailsAsync(synced);

        Assert.Equal(StatusCode.FailedPrecondition, refused.Code);
        Assert.Contains("allow_assign_grafana_admin = false", refused.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Theory]
    [InlineData("""{"message":"Cannot change Grafana Admin role for externally synced user"}""", StatusCode.FailedPrecondition, "allow_assign_grafana_admin")]
    [InlineData("""{"title":"Access denied","message":"Permissions needed: users.permissions:write"}""", StatusCode.PermissionDenied, "the credential needs users.permissions:write (scope global.users:*)")]
    public async Task Grant_Forbidden_SaysWhatIsMissing(string body, StatusCode code, string why)
    {
        await using var rig = await AdministratorRig.StartAsync();
        rig.Grafana.Faults.On("PUT", "/permissions$").Respond(403, body);

        var refused = await rig.GrantFailsAsync(rig.Ada);

        Assert.Equal(code, refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_SomebodyTakesItBackAtOnce_ClaimsNoSuccess()
    {
        await using var rig = await AdministratorRig.StartAsync();
        rig.Grafana.Faults.On("PUT", "/permissions$").Respond(200, """{"message":"User permissions updated"}""");

        var refused = await rig.GrantFailsAsync(rig.Ada);

        Assert.Equal(StatusCode.Aborted, refused.Code);
        Assert.Contains("read back, ada is not a server administrator", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("org", "1", "org:1:Admin")]
    [InlineData("instance", "other", "instance:other:server-admin")]
    [InlineData("instance", "grafana", "instance:grafana:viewer")]
    [InlineData("instance", "grafana", "instance:grafana:server-admin", "viewer")]
    public async Task Change_AnotherEntitlement_IsInvalid(string type, string resource, string id, string slug = "")
    {
        await using var rig = await AdministratorRig.StartAsync();
        var entitlement = AdministratorRig.Entitlement(type, resource, id, slug);

        Assert.Equal(StatusCode.InvalidArgument, (await rig.GrantFailsAsync(rig.Ada, entitlement)).Code);
        Assert.Equal(StatusCode.InvalidArgument, (await rig.RevokeFailsAsync(rig.Ada, entitlement: entitlement)).Code);
        Assert.Empty(rig.Grafana.Requests.All);
    }

    [Fact]
    public async Task DryRun_ShowsTheRequestAndWhatItDoes()
    {
        await using var rig = await AdministratorRig.StartAsync();
        rig.Grafana.SetDisabled(rig.Ada, isDisabled: true);
        var change = new Change(ChangeMode.DryRun);

        await Assert.ThrowsAsync<ChangeWithheldException>(() => rig.GrantAsync(rig.Ada, change));

        Assert.Equal([$$"""PUT /api/admin/users/{{rig.Ada}}/permissions {"isGrafanaAdmin":true}"""], change.Requests.Select(request => request.ToString()));
        Assert.Equal([$"ada (account {rig.Ada}) is not a server administrator"], change.Checks);
        Assert.Equal(
            ["ada controls every organization, account and setting of the server", "ada is disabled, and a server administrator as soon as it is enabled"], change.Effects);
        Assert.False(rig.Grafana.IsServerAdmin(rig.Ada));
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Change_SeveralAtOnce_GoOneByOne()
    {
        // What a guard looked at must hold until the change is made.
        await using var rig = await AdministratorRig.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(rig.Grafana);
        var syncer = connector.Connector.Syncers.OfType<Grafana.Administrators.InstanceSyncer>().Single();
        var accounts = Enumerable.Range(1, 5).Select(number => rig.Grafana.AddUser(new UserSeed($"admin{number}") { IsServerAdmin = true })).ToList();
        rig.Grafana.Requests.Clear();

        await Task.WhenAll(accounts.Select(id => syncer.RevokeAsync(
            RoleRig.Grant(AdministratorRig.Entitlement(), RoleRig.Principal(id)), new Change(), TestContext.Current.CancellationToken)));

        Assert.Equal(1, rig.Grafana.Requests.MaxConcurrency);
        Assert.Equal(5, rig.Grafana.Requests.Writes.Count);
    }
}
