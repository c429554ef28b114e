using Baton.C1z.Reading;
using Baton.Grafana.Permissions;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Roles;

/// <summary>Who holds roles in the scope <c>all</c> (D64).</summary>
public sealed class RoleAssignmentsTests
{
    [Theory]
    [InlineData("9.4", false)]
    [InlineData("11.3", false)]
    [InlineData("12.1", false)]
    [InlineData("12.1", true)]
    public async Task List_TeamsPeopleAndServiceAccounts_OfEveryOrganization(string version, bool byToken)
    {
        await using var rig = await EnterpriseRig.StartAsync(version);
        var team = rig.Grafana.AddTeam(rig.Platform, "Data");
        var robot = rig.Grafana.AddServiceAccount(rig.Platform, "robot", GrafanaRole.Viewer);
        rig.Grafana.AssignRoleToTeam(team, "irm");
        rig.Grafana.AssignRoleToUser(1, rig.Grace, "custom");
        rig.Grafana.AssignRoleToUser(1, rig.Ada, "fixed");
        rig.Grafana.AssignRoleToUser(rig.Platform, rig.Ada, "fixed");
        rig.Grafana.AssignRoleToUser(rig.Platform, rig.Ada, "basic");
        rig.Grafana.AssignRoleToUser(rig.Platform, rig.Ada, "hidden");
        rig.Grafana.AssignRoleToUser(rig.Platform, robot, "oncall");
        var sync = EnterpriseRig.Sync();

        var grants = await rig.ListGrantsAsync(sync, RoleScope.All, byToken ? rig.Grafana.AddServiceAccountToken(rig.Platform) : null);

        string[] ofPlatform =
        [
            $"role:{EnterpriseRig.Fixed}:assigned:user:{rig.Ada}",
            $"role:{EnterpriseRig.Irm}:assigned:team:{team}",
            $"role:{EnterpriseRig.OnCall}:assigned:service_account:{robot}",
        ];
        Assert.Equal(
            byToken ? ofPlatform : [$"role:{EnterpriseRig.Custom}:assigned:user:{rig.Grace}", .. ofPlatform], grants.Select(grant => grant.Id).Order(StringComparer.Ordinal));
        Assert.All(grants, grant => Assert.True(Annotations.Has(grant.Annotations, GrantImmutable.Descriptor)));
        var ofAda = grants.Single(grant => grant.Principal.Id.Resource == $"{rig.Ada}");
        Assert.Equal(
            byToken ? ["2"] : ["1", "2"], Annotations.Find<GrantMetadata>(ofAda.Annotations)!.Metadata.Fields["org_ids"].ListValue.Values.Select(id => id.StringValue));
        Assert.Empty(sync.Warnings);
    }

    [Theory]
    [InlineData("role,user", "user")]
    [InlineData("role,service_account", "service_account")]
    [InlineData("role,team", "team")]
    [InlineData("role", "")]
    public async Task List_OnlyWhoTakesPart_IsAskedAbout(string types, string kind)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.AssignRoleToTeam(rig.Grafana.AddTeam(1, "SRE"), "irm");
        rig.Grafana.AssignRoleToUser(1, rig.Ada, "irm");
        rig.Grafana.AssignRoleToUser(1, rig.Grafana.AddServiceAccount(1, "robot", GrafanaRole.Viewer), "irm");
        rig.Grafana.Requests.Clear();

        var grants = await rig.ListGrantsAsync(EnterpriseRig.Sync(types.Split(',')), RoleScope.All);

        Assert.Equal(kind.Length == 0 ? [] : [kind], grants.Select(grant => grant.Principal.Id.ResourceType));
        Assert.Equal(kind == "team", rig.Grafana.Requests.Lines.Any(line => line.Contains("/api/teams/search", StringComparison.Ordinal)));
        Assert.Equal(kind == "service_account", rig.Grafana.Requests.Lines.Any(line => line.Contains("/api/serviceaccounts/search", StringComparison.Ordinal)));
        Assert.Equal(kind == "user", rig.Grafana.Requests.Lines.Any(line => line.Contains("/api/orgs/1/users", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_ManyPeople_AreABatchForFiveHundred()
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Populate(users: 1200, organizations: 2, extraMemberships: 0);
        rig.Grafana.Requests.Clear();

        await rig.ListGrantsAsync(EnterpriseRig.Sync("role", "user"), RoleScope.All);

        // 1,200 in the first organization, a thousand of them in the first slice; two in the other.
        Assert.Equal(4, rig.Grafana.Requests.Lines.Count(line => line == "POST /api/access-control/users/roles/search"));
    }

    [Theory]
    [InlineData("^/api/access-control/users/roles/search", 403, StatusCode.PermissionDenied, "users.roles:read (scope users:*)")]
    [InlineData("^/api/teams/search", 404, StatusCode.FailedPrecondition, "/api/teams/search")]
    [InlineData("^/api/serviceaccounts/search", 404, StatusCode.FailedPrecondition, "/api/serviceaccounts/search")]
    public async Task List_CannotBeRead_IsAnError(string path, int status, StatusCode code, string why)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Faults.On(path.Contains("roles", StringComparison.Ordinal) ? "POST" : "GET", path).Respond(status, """{"message":"no"}""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListGrantsAsync(scope: RoleScope.All));

        Assert.Equal(code, refusal.Code);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^/api/teams/search", "teams")]
    [InlineData("^/api/serviceaccounts/search", "serviceAccounts")]
    public async Task List_HoldersDoNotAddUp_IsAnError(string path, string rows)
    {
        // D42: what is filtered out would be without roles.
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.Faults.On("GET", path).Respond(200, $$"""{"totalCount":2,"{{rows}}":[{"id":1}]}""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListGrantsAsync(scope: RoleScope.All));

        Assert.Contains("does not add up: 1 were listed of 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OrganizationDeletedMeanwhile_LosesNoOther()
    {
        // The engine takes "not found" for the end of a listing, and this one is everybody's.
        await using var rig = await EnterpriseRig.StartAsync();
        var last = rig.Grafana.AddOrganization("Last");
        rig.Grafana.AddMember(last, 1, GrafanaRole.Admin);
        rig.Grafana.AddMember(last, rig.Grace, GrafanaRole.Viewer);
        rig.Grafana.AssignRoleToUser(last, rig.Grace, "irm");
        rig.Grafana.AssignRoleToUser(1, rig.Ada, "irm");
        rig.Grafana.Faults.On("GET", $"^/api/orgs/{rig.Platform}/users").Once().Run(_ => rig.Grafana.RemoveOrganization(rig.Platform));
        var sync = EnterpriseRig.Sync("role", "user");

        var grants = await rig.ListGrantsAsync(sync, RoleScope.All);

        Assert.Equal([rig.Ada, rig.Grace], grants.Select(grant => long.Parse(grant.Principal.Id.Resource, System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.Contains("was deleted during the sync; so were the roles held there", Assert.Single(sync.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("irm-oncall")]
    [InlineData("all")]
    public async Task Sync_WholeProgram_StoresRolesEntitlementsAndGrants(string scope)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        rig.Grafana.AssignRoleToUser(1, rig.Ada, "irm");
        rig.Grafana.AssignRoleToUser(1, rig.Grace, "custom");
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(rig.Grafana.BaseAddress, TimeProvider.System, "--role-scope", scope) == 0, sync.Error);

        using var file = sync.Open();
        var rows = file.Read(file.Syncs.LatestFinished()!);
        var roles = rows.Resources(new ListFilter { ResourceTypeId = "role" }).Select(role => role.Id.Resource).ToList();
        Assert.Equal(scope == "all" ? 4 : 2, roles.Count);
        Assert.Equal(
            roles.Select(role => $"role:{role}:assigned").Order(StringComparer.Ordinal),
            rows.Entitlements().Where(entitlement => entitlement.Resource.Id.ResourceType == "role").Select(entitlement => entitlement.Id).Order(StringComparer.Ordinal));
        Assert.All(
            rows.Entitlements().Where(entitlement => entitlement.Slug == "assigned"),
            entitlement => Assert.Equal((Entitlement.Types.PurposeValue.Assignment, "Assigned", 0), (entitlement.Purpose, entitlement.DisplayName, entitlement.GrantableTo.Count)));

        // In the narrow scope the roles of people stay ungoverned, as with upstream.
        Assert.Equal(
            scope == "all" ? [$"role:{EnterpriseRig.Custom}:assigned:user:{rig.Grace}", $"role:{EnterpriseRig.Irm}:assigned:user:{rig.Ada}"] : [],
            rows.Grants().Select(grant => grant.Id).Where(id => id.StartsWith("role:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sync_RoleNotSelected_AsksNothingOfAccessControl()
    {
        await using var rig = await EnterpriseRig.StartAsync(edition: GrafanaEdition.OpenSource);
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(rig.Grafana.BaseAddress, TimeProvider.System, "--sync-resource-types", "org,user,instance") == 0, sync.Error);

        Assert.DoesNotContain(rig.Grafana.Requests.Lines, line => line.Contains("/api/access-control/status", StringComparison.Ordinal) || line.Contains("invites", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task Sync_PlainOpenSource_SucceedsWithoutAWarning(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, TimeProvider.System) == 0, sync.Error);

        Assert.DoesNotContain("warn", sync.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("irm-oncall", true, false)]
    [InlineData("all", false, true)]
    public async Task Type_SaysHowItsGrantsAreListed(string scope, bool skipsGrants, bool isTypeScoped)
    {
        await using var rig = await EnterpriseRig.StartAsync();
        var type = rig.Syncer(scope == "all" ? RoleScope.All : RoleScope.IrmOnCall).Type;

        Assert.Equal(("role", "Role"), (type.Id, type.DisplayName));
        Assert.Equal([ResourceType.Types.Trait.Role], type.Traits);
        Assert.True(Annotations.Has(type.Annotations, OptInRequired.Descriptor));
        Assert.Equal(skipsGrants, Annotations.Has(type.Annotations, SkipEntitlementsAndGrants.Descriptor));
        Assert.Equal(isTypeScoped, Annotations.Has(type.Annotations, TypeScopedGrants.Descriptor));
    }

    [Fact]
    public async Task Sync_UnknownScope_IsRefused()
    {
        await using var grafana = await TestConnector.StartAsync();
        using var sync = new InProcessSync();

        Assert.Equal(2, await sync.RunAsync(grafana.BaseAddress, TimeProvider.System, "--role-scope", "some"));

        Assert.Contains("role-scope", sync.Error, StringComparison.Ordinal);
        Assert.Empty(grafana.Requests.All);
    }
}
