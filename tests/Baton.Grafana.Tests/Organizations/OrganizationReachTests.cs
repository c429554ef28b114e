using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Organizations;

/// <summary>Which organizations can be looked into, and what is said of the others.</summary>
public sealed class OrganizationReachTests
{
    private static readonly NeededAction[] Needed = [new("teams:read", ["teams"]), new("org.users:read", ["users"])];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    public async Task List_AdministratorEverywhere_IsEveryOrganizationWithoutAWarning(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        Join(grafana, grafana.AddOrganization("Platform"), GrafanaRole.Admin);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var views = await ListAsync(connector);

        Assert.Equal([1L, 2L], views.Select(view => view.Organization.Id));
        Assert.Empty(connector.Sync.Warnings);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task List_TheActiveOrganizationIsAnother_ChangesNothing(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        var platform = grafana.AddOrganization("Platform");
        Join(grafana, platform, GrafanaRole.Admin);
        grafana.SetActiveOrganization(1, platform);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var views = await ListAsync(connector);

        Assert.Equal([1L, platform], views.Select(view => view.Organization.Id));
        foreach (var view in views)
        {
            Assert.Equal(view.Organization.Id, (await view.Grafana.GetCurrentOrganizationAsync(Cancellation)).Id);
        }
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public async Task List_NotAMemberOfOne_LeavesItOutAndSaysSo(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.AddOrganization("Closed");
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var views = await ListAsync(connector);

        Assert.Equal([1L], views.Select(view => view.Organization.Id));
        Assert.Equal(
            ["the teams of organization 2 (Closed) cannot be read: the account is not a member; they are not synced"], connector.Sync.Warnings);
    }

    [Theory]
    [InlineData("6.5", "the account is Viewer there, not Admin")]
    [InlineData("11.3", "the credential lacks the permission teams:read (scope teams:*)")]
    public async Task List_OnlyViewerInOne_LeavesItOutAndSaysWhatIsMissing(string version, string reason)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        Join(grafana, grafana.AddOrganization("Guest"), GrafanaRole.Viewer);
        await using var connector = await TestConnector.ConnectAsync(grafana);

        var views = await ListAsync(connector);

        Assert.Equal([1L], views.Select(view => view.Organization.Id));
        Assert.Equal([$"the teams of organization 2 (Guest) cannot be read: {reason}; they are not synced"], connector.Sync.Warnings);
    }

    [Fact]
    public async Task List_ManyAreClosed_NamesSomeAndCountsTheRest()
    {
        await using var grafana = await TestConnector.StartAsync();
        for (var number = 2; number <= 12; number++)
        {
            grafana.AddOrganization($"Closed {number}");
        }

        await using var connector = await TestConnector.ConnectAsync(grafana);

        await ListAsync(connector);

        Assert.Contains(
            "organization 2 (Closed 2), 3 (Closed 3), 4 (Closed 4), 5 (Closed 5), 6 (Closed 6) and 6 others cannot be read",
            Assert.Single(connector.Sync.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_NothingIsOpenOrItIsToBeAnError_IsRefused(bool memberOfNone)
    {
        await using var grafana = await TestConnector.StartAsync();
        grafana.AddOrganization("Closed");
        if (memberOfNone)
        {
            grafana.RemoveMember(1, 1);
        }

        await using var connector = await TestConnector.ConnectAsync(
            grafana, change: options => options with { FailOnUnreachableOrganizations = !memberOfNone });

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => ListAsync(connector));

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains("the account is not a member; make the account an Admin there", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("teams:read", "teams:id:1", "holds teams:read for teams:id:1 only; it needs the scope teams:*")]
    [InlineData("teams:write", "teams:*", "lacks the permission teams:read (scope teams:*)")]
    public async Task List_NarrowToken_IsRefusedAndNamesTheAction(string action, string scope, string reason)
    {
        await using var grafana = await TestConnector.StartAsync();
        var token = grafana.AddServiceAccountToken(1, GrafanaRole.Viewer, [("org.users:read", "users:*"), ("orgs:read", ""), (action, scope)]);
        await using var connector = await TestConnector.ConnectAsync(grafana, token);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => ListAsync(connector));

        Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Token_IsItsOrganization()
    {
        await using var grafana = await TestConnector.StartAsync();
        var platform = grafana.AddOrganization("Platform");
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(platform));

        Assert.Equal(new Organization(platform, "Platform"), Assert.Single(await ListAsync(connector)).Organization);
    }

    private static Task<IReadOnlyList<OrganizationView>> ListAsync(TestConnector connector)
        => ((GrafanaConnector)connector.Connector).Reach.ListAsync(new("teams", Needed, "team"), connector.Sync, Cancellation);

    private static void Join(FakeGrafana grafana, long organization, GrafanaRole role) => grafana.AddMember(organization, 1, role);
}
