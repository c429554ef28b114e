using System.Globalization;
using Baton.Grafana.ServiceAccounts;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Grafana.Tests.ServiceAccounts;

public sealed class ServiceAccountSyncerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_AccountOfAnOrganization_IsWhatUpstreamMakesOfIt()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.AddToken("one");

        var robot = Assert.Single(await rig.ListAccountsAsync());

        Assert.Equal(("service_account", "2", "robot"), (robot.Id.ResourceType, robot.Id.Resource, robot.DisplayName));
        Assert.Null(robot.ParentResourceId);
        Assert.Equal(ResourceStatus.Enabled, robot.Status.Status_);
        var trait = Annotations.Find<UserTrait>(robot.Annotations)!;
        Assert.Equal((UserTrait.Types.AccountType.Service, "sa-2-robot"), (trait.AccountType, trait.Login));
        var human = Annotations.Find<NonHumanIdentityTrait>(robot.Annotations)!;
        Assert.Equal((NonHumanIdentityTrait.Types.NhiType.AppRegistration, "grafana.service_account"), (human.NhiType, human.NhiDetail));
        var expected = new Struct
        {
            Fields =
            {
                ["service_account_id"] = Value.ForNumber(2),
                ["uid"] = Value.ForString(robot.Profile.Fields["uid"].StringValue),
                ["login"] = Value.ForString("sa-2-robot"),
                ["org_id"] = Value.ForString("2"),
                ["org_name"] = Value.ForString("platform team"),
                ["role"] = Value.ForString("Editor"),
                ["tokens"] = Value.ForNumber(1),
                ["is_external"] = Value.ForBool(false),
                ["is_disabled"] = Value.ForBool(false),
            },
        };
        Assert.Equal(expected, robot.Profile);
        Assert.NotEmpty(robot.Profile.Fields["uid"].StringValue);
    }

    [Theory]
    [InlineData("9.4")]
    [InlineData("10.2")]
    [InlineData("12.1")]
    public async Task List_EveryOrganization_IsListedWhicheverIsActive(string version)
    {
        // D40, D41.
        await using var rig = await ServiceAccountRig.StartAsync(version: version);
        var first = rig.Grafana.AddServiceAccount(1, "main", GrafanaRole.Admin);
        rig.Grafana.SetActiveOrganization(1, rig.Platform);

        var accounts = await rig.ListAccountsAsync();

        Assert.Equal([$"{first}", $"{rig.Robot}"], accounts.Select(account => account.Id.Resource));
        Assert.Equal(["1", "2"], accounts.Select(account => account.Profile.Fields["org_id"].StringValue));
        Assert.Empty(rig.Sync.Warnings);
    }

    [Fact]
    public async Task List_OrganizationThatIsClosed_IsNamedInAWarning()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.AddServiceAccount(rig.Grafana.AddOrganization("Closed"), "hidden", GrafanaRole.Admin);

        Assert.Single(await rig.ListAccountsAsync());

        Assert.Contains("service accounts of organization 3 (Closed) cannot be read", Assert.Single(rig.Sync.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Disabled_IsSaidWhereItIsKnown()
    {
        // D58.
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.SetServiceAccountDisabled(rig.Robot, true);
        var disabled = Assert.Single(await rig.ListAccountsAsync());
        await using var one = await ServiceAccountRig.StartAsync(Access.Token);
        one.Grafana.Faults.On("GET", "^/api/serviceaccounts/search").Respond(
            200, """{"totalCount":1,"serviceAccounts":[{"id":3,"login":"sa-2-robot","name":"","role":"Viewer"}],"page":1,"perPage":1000}""");

        var unknown = Assert.Single(await one.ListAccountsAsync());

        Assert.Equal((ResourceStatus.Disabled, true), (disabled.Status.Status_, disabled.Profile.Fields["is_disabled"].BoolValue));
        Assert.Null(unknown.Status);
        Assert.False(unknown.Profile.Fields.ContainsKey("is_disabled"));
        Assert.Equal(("sa-2-robot", ""), (unknown.DisplayName, unknown.Profile.Fields["uid"].StringValue));
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task List_ServerFromBeforeThereWereAny_AsksForNothing(Access access)
    {
        await using var grafana = await TestConnector.StartAsync("6.5");
        grafana.AddOrganization("Closed");
        await using var connector = await TestConnector.ConnectAsync(grafana, access == Access.Token ? grafana.AddApiKey(1, GrafanaRole.Admin) : null);
        grafana.Requests.Clear();

        var pages = await connector.Connector.Syncers.OfType<ServiceAccountSyncer>().Single()
            .ListResourcesAsync(null, new PageRequest(connector.Sync), Cancellation).ToListAsync(Cancellation);

        Assert.Empty(pages);
        Assert.Empty(connector.Sync.Warnings);
        Assert.Empty(grafana.Requests.All);
    }

    [Fact]
    public async Task List_ApiIsNotThere_IsAnErrorAndNotNothing()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/serviceaccounts/search").Respond(404);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListAccountsAsync());

        Assert.Equal(StatusCode.FailedPrecondition, refusal.Code);
    }

    [Theory]
    [InlineData("serviceaccounts:read", "serviceaccounts:id:3", "holds serviceaccounts:read for serviceaccounts:id:3 only; it needs the scope serviceaccounts:*")]
    [InlineData("serviceaccounts:write", "serviceaccounts:*", "lacks the permission serviceaccounts:read (scope serviceaccounts:*)")]
    public async Task List_NarrowToken_IsRefusedAndNamesTheAction(string action, string scope, string reason)
    {
        // D42.
        await using var rig = await ServiceAccountRig.StartAsync();
        var token = rig.Grafana.AddServiceAccountToken(
            rig.Platform, GrafanaRole.Viewer, [("org.users:read", "users:*"), ("orgs:read", ""), (action, scope)], "narrow");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => rig.ListAccountsAsync(options => options with { Token = token, Username = null, Password = null }));

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ProxyDropsTheOrganization_IsNotTakenForEveryOrganizations()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        rig.Grafana.AddServiceAccount(1, "main", GrafanaRole.Admin);
        rig.Grafana.Faults.On("GET", "^/api/serviceaccounts/search").Respond(
            200, """{"totalCount":1,"serviceAccounts":[{"id":4,"login":"sa-1-main","name":"main","orgId":1,"role":"Admin","tokens":0}]}""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListAccountsAsync());

        Assert.Contains("X-Grafana-Org-Id", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_MoreThanAPage_IsComplete()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        for (var number = 0; number < 2100; number++)
        {
            rig.Grafana.AddServiceAccount(rig.Platform, $"bot{number:d4}", GrafanaRole.Viewer);
        }

        Assert.Equal(2101, (await rig.ListAccountsAsync()).Select(account => account.Id.Resource).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task List_CountDoesNotAddUp_IsReadAgainAndRefused()
    {
        await using var rig = await ServiceAccountRig.StartAsync(Access.Token);
        var rule = rig.Grafana.Faults.On("GET", "^/api/serviceaccounts/search").Respond(
            200, """{"totalCount":2,"serviceAccounts":[{"id":3,"login":"sa-2-robot","name":"robot","orgId":2,"role":"Viewer"}]}""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListAccountsAsync());

        Assert.Equal((StatusCode.Aborted, 6), (refusal.Code, rule.Hits));
    }

    [Theory]
    [InlineData(GrafanaRole.Viewer, "11.3", "org:2:Viewer:service_account:3")]
    [InlineData(GrafanaRole.Admin, "9.4", "org:2:Admin:service_account:3")]
    [InlineData(GrafanaRole.None, "11.3", "org:2:None:service_account:3")]
    public async Task Grants_RoleInTheOrganization_IsImmutable(GrafanaRole role, string version, string id)
    {
        await using var rig = await ServiceAccountRig.StartAsync(version: version);
        var account = rig.Grafana.AddServiceAccount(rig.Platform, "other", role);

        var grant = Assert.Single(await GrantsAsync(rig, account, rig.Sync));

        Assert.Equal(id, grant.Id);
        Assert.Equal(id[..id.IndexOf(":service", StringComparison.Ordinal)], grant.Entitlement.Id);
        Assert.Equal(("org", "2"), (grant.Entitlement.Resource.Id.ResourceType, grant.Entitlement.Resource.Id.Resource));
        Assert.True(Annotations.Has(grant.Annotations, GrantImmutable.Descriptor));
    }

    [Theory]
    [InlineData("", "10.1", "", "")]
    [InlineData("", "11.3", "org:2:None:service_account:9", "")]
    [InlineData("Owner", "11.3", "", "service accounts hold the role 'Owner', which this version does not know and does not show")]
    public async Task Grants_RoleThatIsNone_IsThatWhereThereIsOne(string role, string version, string grant, string warning)
    {
        await using var rig = await ServiceAccountRig.StartAsync(version: version);
        var connector = rig.Connect();
        await connector.ValidateAsync(Cancellation);
        var resource = new Resource
        {
            Id = ServiceAccountResource.IdOf(9),
            Profile = new Struct { Fields = { ["role"] = Value.ForString(role), ["org_id"] = Value.ForString("2") } },
        };

        var grants = await connector.Syncers.OfType<ServiceAccountSyncer>().Single()
            .ListGrantsAsync(resource, new PageRequest(rig.Sync), Cancellation).SelectMany(page => page.Items).ToListAsync(Cancellation);

        Assert.Equal(grant, string.Join(' ', grants.Select(one => one.Id)));
        Assert.Equal(warning, string.Join(' ', rig.Sync.Warnings));
    }

    [Fact]
    public async Task Grants_OrganizationsAreNotSynced_AreNone()
    {
        await using var rig = await ServiceAccountRig.StartAsync();

        Assert.Empty(await GrantsAsync(rig, rig.Robot, new CollectedSync { Selected = ["service_account"] }));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("org,service_account", false)]
    [InlineData("service_account", true)]
    public async Task Type_OrganizationsAreSelectedOrNot_SaysWhatToSkip(string selected, bool skipsGrants)
    {
        var context = new ConnectorContext
        {
            Loggers = new CollectedLogs(),
            SelectedTypes = selected.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        await using var connector = GrafanaConnector.Create(new GrafanaOptions { Hostname = "https://grafana.example.com", Username = "admin" }, context);

        var type = connector.Syncers.OfType<ServiceAccountSyncer>().Single().Type;

        Assert.True(Annotations.Has(type.Annotations, SkipEntitlements.Descriptor));
        Assert.Equal(skipsGrants, Annotations.Has(type.Annotations, SkipEntitlementsAndGrants.Descriptor));
    }

    [Fact]
    public async Task Get_One_IsFoundWhereverItIs()
    {
        await using var rig = await ServiceAccountRig.StartAsync();
        var syncer = rig.Connect().Syncers.OfType<ServiceAccountSyncer>().Single();

        var robot = await syncer.GetResourceAsync(ServiceAccountResource.IdOf(rig.Robot), null, Cancellation);

        Assert.Equal("platform team", robot!.Profile.Fields["org_name"].StringValue);
        Assert.Null(await syncer.GetResourceAsync(ServiceAccountResource.IdOf(999), null, Cancellation));
        await Assert.ThrowsAsync<ConnectorException>(() => syncer.GetResourceAsync(Ids.Resource("service_account", "x"), null, Cancellation));
    }

    private static async Task<List<Grant>> GrantsAsync(ServiceAccountRig rig, long account, ISyncContext sync)
    {
        var syncer = rig.Connect().Syncers.OfType<ServiceAccountSyncer>().Single();
        var resource = (await rig.ListAccountsAsync()).Single(one => one.Id.Resource == account.ToString(CultureInfo.InvariantCulture));
        return await syncer.ListGrantsAsync(resource, new PageRequest(sync), Cancellation).SelectMany(page => page.Items).ToListAsync(Cancellation);
    }
}
