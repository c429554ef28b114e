using System.Globalization;
using Baton.Grafana.Invitations;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Invitations;

/// <summary>
/// An instance whose organization 2, "platform team", has invited hedy as Editor (invitation 2); invitation 1 is into the first
/// organization. The credential reaches organization 2, and as the administrator's the first one as well.
/// </summary>
internal sealed class InvitationRig : IAsyncDisposable
{
    private readonly Access _access;
    private readonly string? _token;
    private readonly List<TestConnector> _connectors = [];

    private InvitationRig(FakeGrafana grafana, Access access, string version)
    {
        Grafana = grafana;
        _access = access;
        Platform = grafana.AddOrganization("platform team");
        grafana.AddMember(Platform, 1, GrafanaRole.Admin);
        Other = grafana.AddInvite(1, "other@example.com", GrafanaRole.Viewer);
        Hedy = grafana.AddInvite(Platform, "hedy@example.com", GrafanaRole.Editor, "Hedy Lamarr", invitedBy: 1);
        _token = access == Access.Administrator ? null
            : Testing.Grafana.GrafanaVersion.Parse(version).Major < 9 ? grafana.AddApiKey(Platform, GrafanaRole.Admin)
            : grafana.AddServiceAccountToken(Platform);
    }

    public FakeGrafana Grafana { get; }

    public long Platform { get; }

    public long Other { get; }

    public long Hedy { get; }

    public ImpatientTime Time { get; } = new();

    public CollectedLogs Logs { get; } = new();

    public bool IsPending => Grafana.PendingInvites(Platform).Contains("hedy@example.com");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<InvitationRig> StartAsync(Access access = Access.Administrator, string version = "11.3", FakeGrafanaOptions? options = null)
        => new(await TestConnector.StartAsync(version, options), access, version);

    public async Task<List<Resource>> ListAsync(CollectedSync? sync = null, string? token = null, Func<GrafanaOptions, GrafanaOptions>? change = null)
        => await Syncer(token, change).ListResourcesAsync(null, new PageRequest(sync ?? new CollectedSync()), Cancellation).ReadAsync();

    /// <summary>Withdraws it, as a process of its own.</summary>
    public Task<ChangeOutcome> DeleteAsync(long id, Change? change = null, string? token = null, CancellationToken? cancellationToken = null)
        => DeleteAsync(id.ToString(CultureInfo.InvariantCulture), change, token, cancellationToken);

    public Task<ChangeOutcome> DeleteAsync(string id, Change? change = null, string? token = null, CancellationToken? cancellationToken = null)
        => Syncer(token).DeleteResourceAsync(Ids.Resource(InvitationSyncer.TypeId, id), null, change ?? new Change(), cancellationToken ?? Cancellation);

    public Task<ConnectorException> DeleteFailsAsync(long id, string? token = null)
        => Assert.ThrowsAsync<ConnectorException>(() => DeleteAsync(id, token: token));

    /// <summary>Of this text, nothing is a secret of an invitation.</summary>
    public void AssertSilent(params IEnumerable<string> texts)
    {
        var codes = Grafana.InviteCodes();
        Assert.NotEmpty(codes);
        Assert.All(texts, text => Assert.All(codes, code => Assert.DoesNotContain(code, text, StringComparison.OrdinalIgnoreCase)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Grafana.DisposeAsync();
    }

    private InvitationSyncer Syncer(string? token = null, Func<GrafanaOptions, GrafanaOptions>? change = null)
    {
        var connector = TestConnector.Create(Grafana, token ?? (_access == Access.Token ? _token : null), Logs, Time, change: change);
        _connectors.Add(connector);
        return connector.Connector.Syncers.OfType<InvitationSyncer>().Single();
    }
}
