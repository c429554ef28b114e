using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Roles;

/// <summary>Which roles are listed, how, and what is said where they cannot be (A8, D42, D64).</summary>
public sealed class RoleListingTests
{
    [Theory]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task List_IrmAndOnCall_AreUpstreamsResources(string version)
    {
        await using var rig = await EnterpriseRig.StartAsync(version);
        var sync = EnterpriseRig.Sync();

        var roles = await rig.ListAsync(sync);

        Assert.Equal([EnterpriseRig.Irm, EnterpriseRig.OnCall], roles.Select(role => role.Id.Resource));
        Assert.Equal(["Admin (IRM)", "Editor (OnCall)"], roles.Select(role => role.DisplayName));
        var profile = roles[0].Profile.Fields;
        Assert.Equal(["description", "global", "group", "name", "uid"], profile.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ("irm", EnterpriseRig.Irm, "All of IRM", "IRM", true),
            (profile["uid"].StringValue, profile["name"].StringValue, profile["description"].StringValue, profile["group"].StringValue, profile["global"].BoolValue));
        Assert.NotNull(Annotations.Find<RoleTrait>(roles[0].Annotations));
        Assert.Empty(sync.Warnings);
    }

    [Fact]
    public async Task List_All_IsEveryRoleThatCanBeAssigned()
    {
        await using var rig = await EnterpriseRig.StartAsync();

        var roles = await rig.ListAsync(scope: RoleScope.All);

        Assert.Equal([EnterpriseRig.Custom, EnterpriseRig.Fixed, EnterpriseRig.Irm, EnterpriseRig.OnCall], roles.Select(role => role.Id.Resource));
        Assert.Equal(EnterpriseRig.Custom, roles[0].DisplayName);
        Assert.Equal("1", Assert.Single(roles[0].Profile.Fields["org_ids"].ListValue.Values).StringValue);
    }

    [Fact]
    public async Task List_SameNameInTwoOrganizations_IsOneRoleAndSaidToBeTwo()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.AddRole(new("custom2", EnterpriseRig.Custom) { IsGlobal = false, OrganizationId = rig.Platform });
        var sync = EnterpriseRig.Sync();

        var roles = await rig.ListAsync(sync, RoleScope.All);

        var custom = Assert.Single(roles, role => role.Id.Resource == EnterpriseRig.Custom);
        Assert.Equal(["1", "2"], custom.Profile.Fields["org_ids"].ListValue.Values.Select(id => id.StringValue));
        Assert.Equal("custom", custom.Profile.Fields["uid"].StringValue);
        Assert.StartsWith($"organizations 1, 2 each have a role of their own called {EnterpriseRig.Custom}", Assert.Single(sync.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task List_OpenSource_NobodyAskedForRoles_IsNothingWithoutAWarning(string version)
    {
        await using var rig = await EnterpriseRig.StartAsync(version, GrafanaEdition.OpenSource);
        var sync = EnterpriseRig.Sync();

        Assert.Empty(await rig.ListAsync(sync));
        Assert.Empty(await rig.ListGrantsAsync(sync, RoleScope.All));

        Assert.Empty(sync.Warnings);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(200)]
    public async Task List_ServerFromBeforeRoles_IsNotAskedForThem(int status)
    {
        // A path that it does not know: it can answer with a page, or fail to make one.
        await using var rig = await EnterpriseRig.StartAsync("6.5", GrafanaEdition.OpenSource);
        rig.Grafana.Faults.On(request => request.Path.StartsWith("/api/access-control", StringComparison.Ordinal)).HtmlPage(status);

        Assert.Empty(await rig.ListAsync());

        Assert.DoesNotContain(rig.Grafana.Requests.Lines, line => line.Contains("access-control", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("6.5", GrafanaEdition.OpenSource)]
    [InlineData("11.3", GrafanaEdition.OpenSource)]
    [InlineData("6.5", GrafanaEdition.Enterprise)]
    public async Task List_NoRoles_IsAnErrorWhenTheyWereAskedFor(string version, GrafanaEdition edition)
    {
        await using var rig = await EnterpriseRig.StartAsync(version, edition);

        var refusal = await rig.ListFailsAsync(EnterpriseRig.Sync("user", "team", "role"));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.StartsWith("access-control API unavailable", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^/api/access-control/", "access-control API unavailable")]
    [InlineData("^/api/access-control/roles$", "Grafana answers /api/access-control/roles with 404: Not found, although it says that it has access control (/api/access-control/status)")]
    public async Task List_EnterpriseWithoutRoles_IsAnErrorEvenIfNobodyAsked(string path, string reason)
    {
        // A license that ran out, a gateway that blocks the path: yesterday's roles are not gone.
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Faults.On("GET", path).Respond(404, """{"message":"Not found"}""");

        var refusal = await rig.ListFailsAsync();

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
        Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"buildInfo":{}}""")]
    [InlineData("""{}""")]
    [InlineData("""{"buildInfo":{"edition":"Enterprise"}}""")]
    [InlineData("""{"buildInfo":{"isEnterprise":true}}""")]
    public async Task List_EditionIsNotTold_IsNotTakenForOpenSource(string settings)
    {
        await using var rig = await EnterpriseRig.StartAsync(edition: GrafanaEdition.OpenSource);
        rig.Grafana.Faults.On("GET", "^/api/frontend/settings").Respond(200, settings);

        Assert.Equal(StatusCode.FailedPrecondition, (await rig.ListFailsAsync()).Code);
    }

    [Fact]
    public async Task List_StatusMayNotBeAsked_GoesOn()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/access-control/status").Respond(403, """{"message":"Permissions needed: status:accesscontrol"}""");

        Assert.Equal(2, (await rig.ListAsync()).Count);
    }

    [Theory]
    [InlineData("irm-oncall", "role", "roles:read roles:*")]
    [InlineData("irm-oncall", "role,team", "roles:read roles:*,teams:read teams:*,teams.roles:read teams:*")]
    [InlineData("irm-oncall", "role,user,service_account", "roles:read roles:*")]
    [InlineData("all", "role,user", "roles:read roles:*,users.roles:read users:*,org.users:read users:*")]
    [InlineData("all", "role,service_account", "roles:read roles:*,users.roles:read users:*,serviceaccounts:read serviceaccounts:*")]
    public async Task List_NarrowToken_IsRefusedAndNamesTheAction(string scopeName, string types, string permissions)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var scope = scopeName == "all" ? RoleScope.All : RoleScope.IrmOnCall;
        var sync = types.Split(',');
        (string Action, string Scope)[] needed = [.. permissions.Split(',').Select(permission => permission.Split(' ')).Select(parts => (parts[0], parts[1]))];
        foreach (var missing in needed)
        {
            var token = rig.Grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", ""), .. needed.Except([missing])], $"lacks {missing.Action}");

            var refusal = await rig.ListFailsAsync(EnterpriseRig.Sync(sync), scope, token);

            Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
            Assert.Contains($"{missing.Action} (scope {missing.Scope})", refusal.Message, StringComparison.Ordinal);
        }

        var enough = rig.Grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("orgs:read", ""), .. needed], "enough");
        Assert.NotEmpty(await rig.ListAsync(EnterpriseRig.Sync(sync), scope, enough));
    }

    [Fact]
    public async Task List_Forbidden_NamesWhatIsNeeded()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/access-control/roles$").Respond(403, """{"message":"Access denied"}""");

        var refusal = await rig.ListFailsAsync();

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("the credential needs roles:read (scope roles:*)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("""[{"uid":"x"}]""")]
    public async Task List_AnotherShape_IsNoEmptyListing(string body)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/access-control/roles$").Respond(200, body);

        Assert.Contains("/api/access-control/roles", (await rig.ListFailsAsync()).Message, StringComparison.Ordinal);
    }
}
