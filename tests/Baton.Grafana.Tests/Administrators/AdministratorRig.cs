using System.Globalization;
using Baton.Grafana.Accounts;
using Baton.Grafana.Administrators;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Administrators;

/// <summary>An instance with an account ada, and the server administrator's connector.</summary>
internal sealed class AdministratorRig : IAsyncDisposable
{
    private readonly List<TestConnector> _connectors = [];

    private AdministratorRig(FakeGrafana grafana)
    {
        Grafana = grafana;
        Ada = grafana.AddUser("ada");
    }

    public FakeGrafana Grafana { get; }

    public long Ada { get; }

    public ImpatientTime Time { get; } = new();

    public CollectedLogs Logs { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<AdministratorRig> StartAsync(string version = "11.3", FakeGrafanaOptions? options = null)
        => new(await TestConnector.StartAsync(version, options));

    public static Entitlement Entitlement(string type = "instance", string resource = "grafana", string id = "instance:grafana:server-admin", string slug = "")
        => new() { Id = id, Slug = slug, Resource = new Resource { Id = Ids.Resource(type, resource) } };

    /// <summary>As a process of its own that knows nothing yet.</summary>
    public Task<ChangeOutcome> GrantAsync(long account, Change? change = null, Entitlement? entitlement = null, CancellationToken? cancellationToken = null)
        => Syncer().GrantAsync(entitlement ?? Entitlement(), Principal(account), change ?? new Change(), cancellationToken ?? Cancellation);

    /// <inheritdoc cref="GrantAsync"/>
    public Task<ChangeOutcome> RevokeAsync(long account, Change? change = null, Entitlement? entitlement = null, CancellationToken? cancellationToken = null)
        => Syncer().RevokeAsync(RoleRig.Grant(entitlement ?? Entitlement(), Principal(account)), change ?? new Change(), cancellationToken ?? Cancellation);

    public Task<ConnectorException> GrantFailsAsync(long account, Entitlement? entitlement = null)
        => Assert.ThrowsAsync<ConnectorException>(() => GrantAsync(account, entitlement: entitlement));

    public Task<ConnectorException> RevokeFailsAsync(long account, Change? change = null, Entitlement? entitlement = null)
        => Assert.ThrowsAsync<ConnectorException>(() => RevokeAsync(account, change, entitlement));

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Grafana.DisposeAsync();
    }

    private static Resource Principal(long account)
        => new() { Id = Ids.Resource(UserSyncer.TypeId, account.ToString(CultureInfo.InvariantCulture)) };

    private InstanceSyncer Syncer()
    {
        var connector = TestConnector.Create(Grafana, null, Logs, Time);
        _connectors.Add(connector);
        return connector.Connector.Syncers.OfType<InstanceSyncer>().Single();
    }
}
