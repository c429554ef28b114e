using Baton.Grafana.Servers;
using Baton.Grafana.Teams;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Tests.Teams;

/// <summary>What a team looks like to the platform. Ids and profile keys are upstream's.</summary>
public sealed class TeamSyncerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Type_IsUpstreams()
    {
        var type = TeamSyncer.TeamType;

        Assert.Equal(("team", "Team"), (type.Id, type.DisplayName));
        Assert.Equal(ResourceType.Types.Trait.Group, Assert.Single(type.Traits));
        Assert.NotNull(Annotations.Find<SkipEntitlements>(type.Annotations));
        Assert.Equal(
            ["teams:read", "teams.permissions:read", "teams.permissions:write", "teams.roles:read"],
            Annotations.Find<CapabilityPermissions>(type.Annotations)!.Permissions.Select(permission => permission.Permission));
    }

    [Theory]
    [InlineData("6.5", "team_id=7 uid=\"\" org_id=\"2\" email=\"sre@example.com\" member_count=1")]
    [InlineData("9.4", "team_id=7 uid=\"\" org_id=\"2\" email=\"sre@example.com\" member_count=1")]
    [InlineData("11.3", "team_id=7 uid=\"team-uid\" org_id=\"2\" email=\"sre@example.com\" member_count=1")]
    [InlineData("12.1", "team_id=7 uid=\"team-uid\" org_id=\"2\" email=\"sre@example.com\" member_count=1 is_provisioned=true external_uid=\"scim-4711\"")]
    public async Task List_Profile_HasUpstreamsKeysAndTypes(string version, string profile)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = grafana.AddOrganization("Platform");
        grafana.AddMember(platform, 1, GrafanaRole.Admin);
        var (team, uid) = AddSeventhTeam(grafana, platform);
        grafana.AddTeamMember(team, 1);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var resource = (await connector.ListTeamsAsync()).Single(one => one.Id.Resource == "7");

        Assert.Equal("team", resource.Id.ResourceType);
        Assert.Equal("QA & Release (EU) ÜBER", resource.DisplayName);
        Assert.Null(resource.ParentResourceId);
        var trait = Annotations.Find<GroupTrait>(resource.Annotations)!;
#pragma warning disable CS0612
        Assert.Equal(resource.Profile, trait.Profile);
#pragma warning restore CS0612
        Assert.Equal(profile.Replace("team-uid", uid, StringComparison.Ordinal), Text(resource.Profile));
    }

    [Fact]
    public async Task ListStaticEntitlements_AreMemberAsUpstreamsAndAdmin()
    {
        // D60
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var templates = new List<Entitlement>();
        await foreach (var page in connector.Teams.ListStaticEntitlementsAsync(new PageRequest(connector.Sync), Cancellation))
        {
            templates.AddRange(page.Items);
        }

        Assert.Equal(["member", "admin"], templates.Select(template => template.Slug));
        Assert.Equal(("Team Member", "Member of a Grafana team"), (templates[0].DisplayName, templates[0].Description));
        Assert.All(templates, template =>
        {
            Assert.Equal(Entitlement.Types.PurposeValue.Assignment, template.Purpose);
            Assert.Equal("user", Assert.Single(template.GrantableTo).Id);
        });
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task ListGrants_AnAdministratorIsAMemberToo(string version)
    {
        // D60
        await using var grafana = await TestConnector.StartAsync(version);
        var (team, ada, grace) = AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var grants = await connector.ListTeamGrantsAsync(Assert.Single(await connector.ListTeamsAsync()));

        Assert.Equal(
            [$"team:{team}:admin:user:{ada}", $"team:{team}:member:user:{ada}", $"team:{team}:member:user:{grace}"],
            grants.Select(grant => grant.Id).Order(StringComparer.Ordinal));
        Assert.All(grants, grant =>
        {
            Assert.Equal($"{grant.Entitlement.Id}:user:{grant.Principal.Id.Resource}", grant.Id);
            Assert.Equal($"{team}", grant.Entitlement.Resource.Id.Resource);
            Assert.Equal("1", grant.Entitlement.Resource.Profile.Fields["org_id"].StringValue);
            Assert.Empty(grant.Annotations);
        });
        Assert.Empty(connector.Sync.Warnings);
    }

    [Fact]
    public async Task ListGrants_FromTeamSynchronization_AreImmutable()
    {
        // D61
        await using var grafana = await TestConnector.StartAsync();
        var (team, ada, grace) = AddTeamOfTwo(grafana);
        grafana.SetAuthModule(ada, "ldap");
        grafana.AddTeamMember(team, ada, permission: 4, isSynced: true);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var grants = await connector.ListTeamGrantsAsync(Assert.Single(await connector.ListTeamsAsync()));

        Assert.Equal(
            [(false, grace), (true, ada), (true, ada)],
            grants.Select(grant => (IsImmutable(grant), long.Parse(grant.Principal.Id.Resource))).Order());
    }

    [Fact]
    public async Task ListGrants_OfAProvisionedTeam_AreImmutable()
    {
        // D61
        await using var grafana = await TestConnector.StartAsync("12.1");
        var ada = grafana.AddUser("ada");
        grafana.AddMember(1, ada, GrafanaRole.Viewer);
        grafana.AddTeamMember(grafana.AddTeam(1, "SCIM", isProvisioned: true), ada);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        Assert.True(IsImmutable(Assert.Single(await connector.ListTeamGrantsAsync(Assert.Single(await connector.ListTeamsAsync())))));
    }

    [Fact]
    public async Task ListGrants_UnknownPermission_IsAMemberAndWarnedOf()
    {
        await using var grafana = await TestConnector.StartAsync();
        var (team, _, grace) = AddTeamOfTwo(grafana);
        grafana.AddTeamMember(team, grace, permission: 2);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var grants = await connector.ListTeamGrantsAsync(Assert.Single(await connector.ListTeamsAsync()));

        Assert.Contains($"team:{team}:member:user:{grace}", grants.Select(grant => grant.Id));
        Assert.Equal(
            [$"1 members of team {team} (SRE) hold a permission that this version does not know; they are shown as plain members"], connector.Sync.Warnings);
    }

    [Theory]
    [InlineData("team,role", true)]
    [InlineData(null, true)]
    [InlineData("team,user", false)]
    public async Task ListGrants_RolesOfTheTeam_ComeAfterItsMembersWhereRolesAreSynced(string? selected, bool isAsked)
    {
        await using var grafana = await TestConnector.StartAsync();
        AddTeamOfTwo(grafana);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var team = Assert.Single(await connector.ListTeamsAsync());
        var reach = ((GrafanaConnector)connector.Connector).Reach;
        var sync = new CollectedSync { Selected = selected?.Split(',') };
        var build = new ServerBuildProbe(reach.In(1));
        var syncer = new TeamSyncer(new(reach, build, null), new(reach, build, null, failOnHiddenUsers: false, new(reach.In(1))), null!, new OneRole());

        var grants = new List<Grant>();
        await foreach (var page in syncer.ListGrantsAsync(team, new PageRequest(sync), Cancellation))
        {
            grants.AddRange(page.Items);
        }

        Assert.Equal(isAsked ? 4 : 3, grants.Count);
        Assert.Equal(isAsked, grants[^1].Id == $"role:on call:assigned:team:{team.Id.Resource}");
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task Get_AnyOrganizationOfTheAccount_IsSearched(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = grafana.AddOrganization("Platform");
        grafana.AddMember(platform, 1, GrafanaRole.Admin);
        var team = grafana.AddTeam(platform, "SRE");
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var found = await connector.Teams.GetResourceAsync(TeamResource.IdOf(team), null, Cancellation);

        Assert.Equal(Assert.Single(await connector.ListTeamsAsync()), found);
        Assert.Null(await connector.Teams.GetResourceAsync(TeamResource.IdOf(team + 1), null, Cancellation));
        Assert.Null(await connector.Teams.GetResourceAsync(Ids.Resource("team", "seven"), null, Cancellation));
    }

    internal static (long Team, long Ada, long Grace) AddTeamOfTwo(FakeGrafana grafana)
    {
        var (ada, grace) = (grafana.AddUser("ada"), grafana.AddUser("grace"));
        grafana.AddMember(1, ada, GrafanaRole.Viewer);
        grafana.AddMember(1, grace, GrafanaRole.Viewer);
        var team = grafana.AddTeam(1, "SRE");
        grafana.AddTeamMember(team, ada, permission: 4);
        grafana.AddTeamMember(team, grace);
        return (team, ada, grace);
    }

    private static (long Team, string Uid) AddSeventhTeam(FakeGrafana grafana, long organization)
    {
        for (var number = 1; number < 7; number++)
        {
            grafana.AddTeam(1, $"Team {number}");
        }

        var team = grafana.AddTeam(organization, "QA & Release (EU) ÜBER", "sre@example.com", isProvisioned: true, externalUid: "scim-4711");
        return (team, grafana.TeamUid(team));
    }

    private static bool IsImmutable(Grant grant) => Annotations.Find<GrantImmutable>(grant.Annotations) is not null;

    private static string Text(Struct profile) => string.Join(' ', profile.Fields.Select(field => $"{field.Key}={field.Value}"));

    private sealed class OneRole : ITeamRoles
    {
        public Task<IReadOnlyList<Grant>> ListAsync(Resource team, ISyncContext sync, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<Grant>>([new Grant { Id = $"role:on call:assigned:team:{team.Id.Resource}" }]);
    }
}
