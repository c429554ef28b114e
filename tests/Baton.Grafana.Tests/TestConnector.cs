using System.Globalization;
using Baton.Grafana.Accounts;
using Baton.Grafana.Organizations;
using Baton.Grafana.Teams;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests;

/// <summary>The connector against a fake instance, and its listings read to the end.</summary>
internal sealed class TestConnector(GrafanaConnector connector, CollectedSync sync) : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IConnector Connector => connector;

    public CollectedSync Sync => sync;

    public OrganizationSyncer Organizations => connector.Syncers.OfType<OrganizationSyncer>().Single();

    public TeamSyncer Teams => connector.Syncers.OfType<TeamSyncer>().Single();

    public UserSyncer Users => connector.Syncers.OfType<UserSyncer>().Single();

    /// <summary>An instance whose administrator has a password that can be looked for.</summary>
    public static Task<FakeGrafana> StartAsync(string version = "11.3", FakeGrafanaOptions? options = null)
        => FakeGrafana.StartAsync(
            (options ?? new FakeGrafanaOptions()) with { Version = Testing.Grafana.GrafanaVersion.Parse(version), AdminPassword = Password }, Cancellation);

    /// <summary>As the server administrator, or with a token.</summary>
    public static TestConnector Create(
        FakeGrafana grafana, string? token = null, CollectedLogs? logs = null, TimeProvider? time = null, int parallelism = 8, Func<GrafanaOptions, GrafanaOptions>? change = null,
        IReadOnlyList<string>? selected = null)
    {
        var options = token is null
            ? new GrafanaOptions { Hostname = grafana.BaseAddress.ToString(), Username = "admin", Password = Password }
            : new GrafanaOptions { Hostname = grafana.BaseAddress.ToString(), Token = token };
        var context = new ConnectorContext { Loggers = logs ?? new CollectedLogs(), Time = time ?? TimeProvider.System, Parallelism = parallelism, SelectedTypes = selected ?? [] };
        return new(GrafanaConnector.Create(change?.Invoke(options) ?? options, context), new CollectedSync(parallelism));
    }

    /// <summary>Created and validated.</summary>
    public static async Task<TestConnector> ConnectAsync(
        FakeGrafana grafana, string? token = null, CollectedLogs? logs = null, TimeProvider? time = null, int parallelism = 8, Func<GrafanaOptions, GrafanaOptions>? change = null)
    {
        var connector = Create(grafana, token, logs, time, parallelism, change);
        await connector.ValidateAsync();
        return connector;
    }

    public Task ValidateAsync() => connector.ValidateAsync(Cancellation);

    public async Task<ConnectorException> RefusedAsync() => await Assert.ThrowsAsync<ConnectorException>(ValidateAsync);

    public async Task<List<Resource>> ListUsersAsync(CancellationToken? cancellationToken = null)
        => await CollectAsync(Users.ListResourcesAsync(null, new PageRequest(sync), cancellationToken ?? Cancellation));

    public async Task<List<Resource>> ListOrganizationsAsync()
        => await CollectAsync(Organizations.ListResourcesAsync(null, new PageRequest(sync), Cancellation));

    public async Task<List<Entitlement>> ListEntitlementsAsync(Resource organization)
        => await CollectAsync(Organizations.ListEntitlementsAsync(organization, new PageRequest(sync), Cancellation));

    public async Task<List<Grant>> ListGrantsAsync(Resource organization)
        => await CollectAsync(Organizations.ListGrantsAsync(organization, new PageRequest(sync), Cancellation));

    public async Task<List<Grant>> ListGrantsAsync(long organization) => await ListGrantsAsync(Organization(organization));

    public async Task<List<Resource>> ListTeamsAsync() => await CollectAsync(Teams.ListResourcesAsync(null, new PageRequest(sync), Cancellation));

    public async Task<ConnectorException> ListTeamsFailsAsync() => await Assert.ThrowsAsync<ConnectorException>(ListTeamsAsync);

    public async Task<List<Grant>> ListTeamGrantsAsync(Resource team)
        => await CollectAsync(Teams.ListGrantsAsync(team, new PageRequest(sync), Cancellation));

    public async Task<ConnectorException> ListUsersFailsAsync() => await Assert.ThrowsAsync<ConnectorException>(() => ListUsersAsync());

    public async Task<Resource> UserAsync(long id)
        => (await ListUsersAsync()).First(user => user.Id.Resource == id.ToString(CultureInfo.InvariantCulture));

    public static Resource Organization(long id) => new()
    {
        Id = Ids.Resource(OrganizationSyncer.TypeId, id.ToString(CultureInfo.InvariantCulture)),
        DisplayName = $"Organization {id}",
    };

    public ValueTask DisposeAsync() => connector.DisposeAsync();

    private static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<Page<T>> pages)
    {
        var items = new List<T>();
        await foreach (var page in pages)
        {
            items.AddRange(page.Items);
        }

        return items;
    }
}
