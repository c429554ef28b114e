using System.Globalization;
using System.Text;
using Baton.Grafana.ServiceAccounts;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.ServiceAccounts;

/// <summary>
/// An instance with an organization 2, "platform team", where the administrator is Admin too, and a service account "robot" there, with the
/// role Editor. The connector syncs tokens unless a test says otherwise.
/// </summary>
internal sealed class ServiceAccountRig : IAsyncDisposable
{
    private readonly string? _token;
    private readonly List<TestConnector> _connectors = [];

    private ServiceAccountRig(FakeGrafana grafana, Access access)
    {
        Grafana = grafana;
        Platform = grafana.AddOrganization("platform team");
        grafana.AddMember(Platform, 1, GrafanaRole.Admin);
        Robot = grafana.AddServiceAccount(Platform, "robot", GrafanaRole.Editor);
        _token = access == Access.Token ? grafana.AddServiceAccountToken(Platform, name: "connector") : null;
    }

    public FakeGrafana Grafana { get; }

    public long Platform { get; }

    public long Robot { get; }

    /// <summary>Short waits are over at once; the bound of a deletion is not one of them.</summary>
    public ImpatientTime Time { get; } = new() { Deadline = TimeSpan.FromSeconds(25) };

    public CollectedLogs Logs { get; } = new();

    public CollectedSync Sync { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServiceAccountRig> StartAsync(Access access = Access.Administrator, string version = "11.3", FakeGrafanaOptions? options = null)
        => new(await TestConnector.StartAsync(version, options), access);

    /// <summary>What another process would have: a connector that knows nothing yet.</summary>
    public IConnector Connect(Func<GrafanaOptions, GrafanaOptions>? change = null)
    {
        var connector = TestConnector.Create(
            Grafana, _token, Logs, Time, change: options => (change ?? (same => same))(options with { SyncServiceAccountTokens = true }));
        _connectors.Add(connector);
        return connector.Connector;
    }

    public Task<List<Resource>> ListAccountsAsync(Func<GrafanaOptions, GrafanaOptions>? change = null, CollectedSync? sync = null)
        => ListAsync(Connect(change).Syncers.OfType<ServiceAccountSyncer>().Single(), sync);

    public Task<List<Resource>> ListTokensAsync(CollectedSync? sync = null)
        => ListAsync(Connect().Syncers.OfType<ServiceAccountTokenSyncer>().Single(), sync);

    public Task<IssuedCredential> IssueAsync(
        string id = "req-1", DateTimeOffset? expiresAt = null, Change? change = null, long? identity = null, CancellationToken? cancellationToken = null)
        => ((ICredentialIssuer)Connect().Syncers.OfType<ServiceAccountSyncer>().Single()).IssueCredentialAsync(
            ServiceAccountResource.IdOf(identity ?? Robot),
            new CredentialIssueRequest(id, new() { ApiKey = new() }) { ExpiresAt = expiresAt },
            change ?? new Change(),
            cancellationToken ?? Cancellation);

    public Task<ConnectorException> IssueFailsAsync(string id = "req-1", DateTimeOffset? expiresAt = null, Change? change = null, long? identity = null)
        => Assert.ThrowsAsync<ConnectorException>(() => IssueAsync(id, expiresAt, change, identity));

    public Task<ChangeOutcome> DeleteAsync(string handle, Change? change = null, ResourceId? parent = null, CancellationToken? cancellationToken = null)
        => Connect().Syncers.OfType<ServiceAccountTokenSyncer>().Single().DeleteResourceAsync(
            Ids.Resource("service_account_token", handle), parent, change ?? new Change(), cancellationToken ?? Cancellation);

    public Task<ConnectorException> DeleteFailsAsync(string handle, Change? change = null)
        => Assert.ThrowsAsync<ConnectorException>(() => DeleteAsync(handle, change));

    /// <summary>Adds a token to the robot, and names it as the platform does.</summary>
    public string AddToken(string name, DateTimeOffset? expires = null, long? account = null)
    {
        Grafana.AddToken(account ?? Robot, name, expires);
        return string.Create(CultureInfo.InvariantCulture, $"{account ?? Robot}.{Grafana.Tokens(account ?? Robot)[^1].Id}");
    }

    public static string Text(Plaintext plaintext) => Encoding.UTF8.GetString(plaintext.Bytes);

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Grafana.DisposeAsync();
    }

    private async Task<List<Resource>> ListAsync(IResourceSyncer syncer, CollectedSync? sync)
    {
        var resources = new List<Resource>();
        await foreach (var page in syncer.ListResourcesAsync(null, new PageRequest(sync ?? Sync), Cancellation))
        {
            resources.AddRange(page.Items);
        }

        return resources;
    }
}
