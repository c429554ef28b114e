using System.Globalization;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Tests.Teams;

/// <summary>
/// An instance whose organization "platform" has a team "on call". The connector's account is an Admin there; ada is a Viewer of it, and
/// unless a test says otherwise who is put in the team. The active organization is the other one.
/// </summary>
internal sealed class TeamRig : IAsyncDisposable
{
    private readonly List<TestConnector> _connectors = [];

    private TeamRig(FakeGrafana grafana, Access access, string version, bool isProvisioned)
    {
        Grafana = grafana;
        Platform = grafana.AddOrganization("platform");
        Ada = grafana.AddUser("ada");
        grafana.AddMember(Platform, 1, GrafanaRole.Admin);
        grafana.AddMember(Platform, Ada, GrafanaRole.Viewer);
        grafana.AddTeam(1, "of the main organization");
        Team = grafana.AddTeam(Platform, "on call", isProvisioned: isProvisioned);
        Token = access == Access.Administrator ? null
            : Testing.Grafana.GrafanaVersion.Parse(version).Major < 9 ? grafana.AddApiKey(Platform, GrafanaRole.Admin)
            : grafana.AddServiceAccountToken(Platform);
    }

    public FakeGrafana Grafana { get; }

    public long Platform { get; }

    public long Ada { get; }

    public long Team { get; }

    public string? Token { get; }

    public ImpatientTime Time { get; } = new();

    public CollectedLogs Logs { get; } = new();

    /// <summary>Ada's permission in the team: 0, 4, or null when she is not in it.</summary>
    public int? Permission => Grafana.TeamMembers(Team).TryGetValue(Ada, out var permission) ? permission : null;

    public Resource Principal => RoleRig.Principal(Ada, "ada");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TeamRig> StartAsync(Access access, string version = "11.3", FakeGrafanaOptions? options = null, bool isProvisioned = false)
        => new(await TestConnector.StartAsync(version, options), access, version, isProvisioned);

    public TestConnector Connect(string? token = null)
    {
        var connector = TestConnector.Create(Grafana, token ?? Token, Logs, Time);
        _connectors.Add(connector);
        return connector;
    }

    /// <summary>Grants to ada, as a process of its own.</summary>
    public Task<ChangeOutcome> GrantAsync(string slug, Change? change = null, CancellationToken? cancellationToken = null)
        => GrantAsync(Entitlement(slug), Principal, change, cancellationToken);

    public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change? change = null, CancellationToken? cancellationToken = null)
        => Connect().Teams.GrantAsync(entitlement, principal, change ?? new Change(), cancellationToken ?? Cancellation);

    public Task<ChangeOutcome> RevokeAsync(string slug, Change? change = null, CancellationToken? cancellationToken = null)
        => RevokeAsync(RoleRig.Grant(Entitlement(slug), Principal), change, cancellationToken);

    public Task<ChangeOutcome> RevokeAsync(Grant grant, Change? change = null, CancellationToken? cancellationToken = null)
        => Connect().Teams.RevokeAsync(grant, change ?? new Change(), cancellationToken ?? Cancellation);

    public Task<ConnectorException> GrantFailsAsync(string slug, Change? change = null) => Assert.ThrowsAsync<ConnectorException>(() => GrantAsync(slug, change));

    public Task<ConnectorException> RevokeFailsAsync(string slug, Change? change = null) => Assert.ThrowsAsync<ConnectorException>(() => RevokeAsync(slug, change));

    public Entitlement Entitlement(string slug) => Entitlement(Team, slug, Value.ForString(Platform.ToString(CultureInfo.InvariantCulture)));

    /// <summary>With as much of the team as the platform may remember.</summary>
    public static Entitlement Entitlement(long team, string slug, Value? organization = null)
    {
        var resource = new Resource { Id = Ids.Resource("team", team.ToString(CultureInfo.InvariantCulture)) };
        if (organization is not null)
        {
            resource.Profile = new Struct { Fields = { ["org_id"] = organization } };
        }

        return new() { Id = Ids.Entitlement(resource.Id, slug), Slug = slug, Resource = resource };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Grafana.DisposeAsync();
    }
}
