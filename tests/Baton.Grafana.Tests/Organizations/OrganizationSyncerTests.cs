using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Organizations;

public sealed class OrganizationSyncerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("platform team")]
    [InlineData("QA & Release (EU) McDonald")]
    [InlineData("Main Org.")]
    [InlineData("ÜBER-Team 山田 🦊")]
    [InlineData("  two  spaces ")]
    public async Task List_Names_AreVerbatim(string name)
    {
        // D53
        await using var grafana = await TestConnector.StartAsync();
        var id = grafana.AddOrganization(name, id: 5);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var organization = (await connector.ListOrganizationsAsync()).Single(one => one.Id.Resource == $"{id}");

        Assert.Equal(name, organization.DisplayName);
        Assert.Equal((5, name), ((int)organization.Profile.Fields["org_id"].NumberValue, organization.Profile.Fields["name"].StringValue));
        Assert.Equal($"{name} Viewer", (await connector.ListEntitlementsAsync(organization))[0].DisplayName);
    }

    [Fact]
    public async Task List_EmptyName_IsKept()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/orgs\\?").Respond(200, """[{"id":3,"name":""},{"id":4},{"id":1,"name":"Main Org."}]""");

        Assert.Equal([("3", ""), ("4", ""), ("1", "Main Org.")], (await connector.ListOrganizationsAsync()).Select(one => (one.Id.Resource, one.DisplayName)));
    }

    [Theory]
    [InlineData("6.5", false)]
    [InlineData("9.4", false)]
    [InlineData("10.1", false)]
    [InlineData("10.2", true)]
    [InlineData("11.3", true)]
    [InlineData("12.1", true)]
    public async Task ListEntitlements_OneARole_NoneWhereItExists(string version, bool hasNone)
    {
        // D45
        await using var grafana = await TestConnector.StartAsync(version);
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var organization = Assert.Single(await connector.ListOrganizationsAsync());

        var entitlements = await connector.ListEntitlementsAsync(organization);

        string[] roles = ["Viewer", "Editor", "Admin", .. hasNone ? ["None"] : Array.Empty<string>()];
        Assert.Equal(roles.Select(role => $"org:1:{role}"), entitlements.Select(entitlement => entitlement.Id));
        Assert.Equal(roles, entitlements.Select(entitlement => entitlement.Slug));
        Assert.Equal("Viewer role in Main Org. Grafana organization", entitlements[0].Description);
        Assert.All(entitlements, entitlement =>
        {
            Assert.Equal(Entitlement.Types.PurposeValue.Permission, entitlement.Purpose);
            Assert.Equal("user", Assert.Single(entitlement.GrantableTo).Id);
            Assert.Equal(organization, entitlement.Resource);
        });
        if (hasNone)
        {
            Assert.Equal("Main Org. No basic role", entitlements[3].DisplayName);
        }
    }

    [Fact]
    public async Task ListEntitlements_VersionHidden_OffersNone()
    {
        await using var grafana = await TestConnector.StartAsync(options: new FakeGrafanaOptions { HideVersion = true });
        await using var connector = await TestConnector.ConnectAsync(grafana);

        Assert.Equal(4, (await connector.ListEntitlementsAsync(TestConnector.Organization(1))).Count);
    }

    [Fact]
    public async Task ListEntitlements_Roles_ExcludeEachOther()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var entitlements = await connector.ListEntitlementsAsync(TestConnector.Organization(7));

        Assert.Equal(
            [("Viewer", "org-role-7", 2u), ("Editor", "org-role-7", 3u), ("Admin", "org-role-7", 4u), ("None", "org-role-7", 1u)],
            entitlements.Select(entitlement => (Entitlement: entitlement, Group: Annotations.Find<EntitlementExclusionGroup>(entitlement.Annotations)!))
                .Select(pair => (pair.Entitlement.Slug, pair.Group.ExclusionGroupId, pair.Group.Order)));
        Assert.All(entitlements, entitlement =>
        {
            var group = Annotations.Find<EntitlementExclusionGroup>(entitlement.Annotations)!;
            Assert.False(group.IsDefault || group.ScopeToResource);
        });
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("10.1")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task ListGrants_EveryRole_HasUpstreamsIds(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var two = grafana.AddOrganization("Two");
        Add("viewer", GrafanaRole.Viewer);
        Add("editor", GrafanaRole.Editor);
        Add("boss", GrafanaRole.Admin);
        var isModern = version is "11.3" or "12.1";
        if (isModern)
        {
            Add("nobody", GrafanaRole.None);
        }

        await using var connector = await TestConnector.ConnectAsync(grafana);

        var grants = await connector.ListGrantsAsync(two);

        string[] expected = ["org:2:Admin:user:4", "org:2:Editor:user:3", "org:2:Viewer:user:2", .. isModern ? ["org:2:None:user:5"] : Array.Empty<string>()];
        Assert.Equal(expected.Order(StringComparer.Ordinal), grants.Select(grant => grant.Id).Order(StringComparer.Ordinal));
        Assert.All(grants, grant =>
        {
            Assert.Equal(("user", grant.Id.Split(':')[^1]), (grant.Principal.Id.ResourceType, grant.Principal.Id.Resource));
            Assert.StartsWith($"{grant.Entitlement.Id}:user:", grant.Id, StringComparison.Ordinal);
            Assert.Equal("2", grant.Entitlement.Resource.Id.Resource);
        });
        Assert.Empty(connector.Sync.Warnings);

        void Add(string login, GrafanaRole role) => grafana.AddMember(two, grafana.AddUser(login), role);
    }

    [Fact]
    public async Task ListGrants_UnknownRoles_AreWarnedOfEachWithItsCount()
    {
        // D46
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/orgs/1/users").Respond(
            200,
            """
            [{"orgId":1,"userId":1,"role":"Admin"},{"orgId":1,"userId":2,"role":"Auditor"},{"orgId":1,"userId":3,"role":"Auditor"},
             {"orgId":1,"userId":4,"role":"viewer"}]
            """);

        Assert.Equal(["org:1:Admin:user:1"], (await connector.ListGrantsAsync(1)).Select(grant => grant.Id));
        Assert.Equal(2, connector.Sync.Warnings.Count);
        Assert.Contains(connector.Sync.Warnings, text => text.Contains("2 members hold the role 'Auditor'", StringComparison.Ordinal));
        Assert.Contains(connector.Sync.Warnings, text => text.Contains("1 members hold the role 'viewer'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListGrants_ListingIsReadTwice_CountsAnUnknownRoleOnce()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));
        grafana.Faults.On("GET", "^/api/org/users/search").Respond(200, """{"totalCount":2,"orgUsers":[{"orgId":1,"userId":2,"role":"Auditor"}]}""");

        Assert.Empty(await connector.ListGrantsAsync(1));

        Assert.Contains(connector.Sync.Warnings, text => text.Contains("1 members hold the role 'Auditor'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.1", true)]
    [InlineData("11.3", true)]
    [InlineData("12.1", true)]
    [InlineData("9.4", false)]
    public async Task ListGrants_ExternallySynced_IsSaidWhereTheServerTells(string version, bool told)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.AddMember(1, grafana.AddUser(new UserSeed("sso") { AuthModule = "oauth_azuread" }), GrafanaRole.Editor);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var grants = (await connector.ListGrantsAsync(1)).ToDictionary(grant => grant.Id, StringComparer.Ordinal);

        var metadata = Annotations.Find<GrantMetadata>(grants["org:1:Editor:user:2"].Annotations);
        Assert.Equal(told, metadata?.Metadata.Fields["is_externally_synced"].BoolValue ?? false);
        Assert.Empty(grants["org:1:Admin:user:1"].Annotations);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task ListGrants_ManyMembers_ComeInSlices(string version)
    {
        // D48
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.Populate(users: 2300);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var sizes = new List<int>();
        await foreach (var page in connector.Organizations.ListGrantsAsync(TestConnector.Organization(1), new PageRequest(connector.Sync), Cancellation))
        {
            sizes.Add(page.Items.Count);
            Assert.Equal("", page.NextToken);
        }

        Assert.Equal([.. Enumerable.Repeat(250, 9), 50], sizes);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1/users?orgId=2")]
    public async Task ListGrants_ImpossibleId_IsNotAskedFor(string id)
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Requests.Clear();

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => connector.ListGrantsAsync(new Resource { Id = Ids.Resource("org", id) }));

        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, refusal.Code);
        Assert.Empty(grafana.Requests.All);
    }

    [Fact]
    public async Task ListGrants_MembershipOfSomebodyWithoutRow_IsKept()
    {
        // D59 holds for memberships too: accounts are global, and a grant to one that a listing lacks is not made to vanish.
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/orgs/1/users").Respond(200, """[{"orgId":1,"userId":1,"role":"Admin"},{"orgId":1,"userId":4711,"role":"Editor"}]""");

        Assert.Equal(["org:1:Admin:user:1", "org:1:Editor:user:4711"], (await connector.ListGrantsAsync(1)).Select(grant => grant.Id));
    }
}
