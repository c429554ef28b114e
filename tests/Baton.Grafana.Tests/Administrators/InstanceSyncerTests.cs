using Baton.Grafana.Administrators;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Administrators;

/// <summary>The server as a resource, and who administrates it (D55).</summary>
public sealed class InstanceSyncerTests
{
    private const string Search = "GET /api/users/search?perpage=1000&page=1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("11.3")]
    [InlineData("12.1")]
    public async Task List_IsTheServerAndItsAdministrators(string version)
    {
        await using var grafana = await TestConnector.StartAsync(version);
        grafana.AddUser("ada");
        var grace = grafana.AddUser(new UserSeed("grace") { IsServerAdmin = true });
        var gone = grafana.AddUser(new UserSeed("gone") { IsServerAdmin = true, IsDisabled = true });
        await using var connector = await TestConnector.ConnectAsync(grafana);
        var syncer = Syncer(connector);
        var request = new PageRequest(connector.Sync);

        var instance = Assert.Single(await syncer.ListResourcesAsync(null, request, Cancellation).ReadAsync());
        var entitlement = Assert.Single(await syncer.ListEntitlementsAsync(instance, request, Cancellation).ReadAsync());
        var grants = await syncer.ListGrantsAsync(instance, request, Cancellation).ReadAsync();

        Assert.Equal(("instance", "grafana", "127.0.0.1"), (instance.Id.ResourceType, instance.Id.Resource, instance.DisplayName));
        Assert.Equal(("instance:grafana:server-admin", "server-admin"), (entitlement.Id, entitlement.Slug));
        Assert.Equal(Entitlement.Types.PurposeValue.Permission, entitlement.Purpose);
        Assert.Equal(["user"], entitlement.GrantableTo.Select(type => type.Id));
        Assert.Equal(new[] { 1, grace, gone }.Select(id => $"instance:grafana:server-admin:user:{id}"), grants.Select(grant => grant.Id));
        Assert.Empty(connector.Sync.Warnings);
    }

    [Fact]
    public async Task Token_HasNone()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana, grafana.AddServiceAccountToken(1));

        Assert.DoesNotContain(connector.Connector.Syncers, syncer => syncer.Type.Id == "instance");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("instance,user", 1)]
    [InlineData("user", 1)]
    public async Task Sync_AccountsAreListedOnce(string types, int listings)
    {
        await using var grafana = await TestConnector.StartAsync();
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, TimeProvider.System, types.Length == 0 ? [] : ["--sync-resource-types", types]) == 0, sync.Error);

        Assert.Equal(listings, grafana.Requests.Lines.Count(line => line == Search));
        Assert.Equal(types == "user" ? [] : ["instance:grafana:server-admin:user:1"], Administrators(sync));
    }

    [Fact]
    public async Task Sync_NobodyListsTheAccountsBefore_ListsThem()
    {
        // The engine drops what points to accounts that do not take part; the connector is asked all the same.
        await using var grafana = await TestConnector.StartAsync();
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, TimeProvider.System, "--sync-resource-types", "instance") == 0, sync.Error);

        Assert.Single(grafana.Requests.Lines, line => line == Search);
    }

    [Fact]
    public async Task Sync_GoesOnAfterAnInterruption_KnowsTheAdministrators()
    {
        // What the first run had seen of the accounts is forgotten with it.
        await using var grafana = await TestConnector.StartAsync();
        grafana.AddUser(new UserSeed("grace") { IsServerAdmin = true });
        using var sync = new InProcessSync();
        grafana.Faults.On("GET", "^/api/orgs/1/users").Once().Respond(403);
        Assert.Equal(7, await sync.RunAsync(grafana.BaseAddress, new ImpatientTime(), "--workers", "1"));
        grafana.Requests.Clear();

        Assert.True(await sync.RunAsync(grafana.BaseAddress, new ImpatientTime(), "--workers", "1") == 0, sync.Error);

        Assert.Single(grafana.Requests.Lines, line => line == Search);
        Assert.Equal(["instance:grafana:server-admin:user:1", "instance:grafana:server-admin:user:2"], Administrators(sync));
    }

    [Fact]
    public async Task ListGrants_TheListChangesMeanwhile_KeepsNobodyOfTheFirstTry()
    {
        // Once the list has moved the count is off, and it is read again: who was an administrator then is none now.
        await using var grafana = await TestConnector.StartAsync();
        var ada = grafana.AddUser(new UserSeed("ada") { IsServerAdmin = true });
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/users/search").Once().Respond(
            200, $$"""{"totalCount":9,"users":[{"id":1,"login":"admin","isAdmin":true},{"id":{{ada}},"login":"ada","isAdmin":true}]}""");
        grafana.SetServerAdmin(ada, isServerAdmin: false);

        var grants = await Syncer(connector).ListGrantsAsync(Instance(), new PageRequest(connector.Sync), Cancellation).ReadAsync();

        Assert.Equal(["instance:grafana:server-admin:user:1"], grants.Select(grant => grant.Id));
    }

    [Fact]
    public async Task ListGrants_NobodyIsAdministrator_IsRefused()
    {
        await using var grafana = await TestConnector.StartAsync();
        await using var connector = await TestConnector.ConnectAsync(grafana);
        grafana.Faults.On("GET", "^/api/users/search").Respond(200, """{"totalCount":1,"users":[{"id":1,"login":"admin","isAdmin":false}]}""");

        var refusal = await Assert.ThrowsAsync<ConnectorException>(
            () => Syncer(connector).ListGrantsAsync(Instance(), new PageRequest(connector.Sync), Cancellation).ReadAsync());

        Assert.Equal(StatusCode.Aborted, refusal.Code);
        Assert.Contains("our own account 1, which lists them, is none of them", refusal.Message, StringComparison.Ordinal);
    }

    private static InstanceSyncer Syncer(TestConnector connector) => connector.Connector.Syncers.OfType<InstanceSyncer>().Single();

    private static Resource Instance() => new() { Id = Ids.Resource("instance", "grafana"), DisplayName = "grafana" };

    private static List<string> Administrators(InProcessSync sync)
    {
        using var file = sync.Open();
        return [.. file.Read(file.Syncs.LatestFinished()!).Grants().Select(grant => grant.Id)
            .Where(id => id.StartsWith("instance:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
