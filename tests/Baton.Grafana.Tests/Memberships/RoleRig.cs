using System.Globalization;
using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>Whose credential the connector has.</summary>
public enum Access
{
    /// <summary>The server administrator's: all organizations.</summary>
    Administrator,

    /// <summary>A token's: its organization.</summary>
    Token,
}

/// <summary>
/// An instance with an organization "platform team", whose Admin is boss, and an account ada, who belongs to the main organization
/// only: unless a test says otherwise, she is who is given a role in the other.
/// </summary>
internal sealed class RoleRig : IAsyncDisposable
{
    private readonly Func<GrafanaOptions, GrafanaOptions>? _change;
    private readonly List<TestConnector> _connectors = [];

    private RoleRig(FakeGrafana grafana, Access access, string version, Func<GrafanaOptions, GrafanaOptions>? change)
    {
        _change = change;
        Grafana = grafana;
        Platform = grafana.AddOrganization("platform team");
        Boss = grafana.AddUser("boss");
        Ada = grafana.AddUser("ada");
        grafana.AddMember(Platform, Boss, GrafanaRole.Admin);
        grafana.AddMember(1, Ada, GrafanaRole.Viewer);
        Token = access == Access.Administrator ? null
            : Testing.Grafana.GrafanaVersion.Parse(version).Major < 9 ? grafana.AddApiKey(Platform, GrafanaRole.Admin)
            : grafana.AddServiceAccountToken(Platform);
    }

    public FakeGrafana Grafana { get; }

    public long Platform { get; }

    public long Boss { get; }

    public long Ada { get; }

    public string? Token { get; }

    public ImpatientTime Time { get; } = new();

    public CollectedLogs Logs { get; } = new();

    /// <summary>Ada's role in the platform organization.</summary>
    public GrafanaRole? Role => Grafana.RoleOf(Platform, Ada);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RoleRig> StartAsync(
        Access access, string version = "11.3", FakeGrafanaOptions? options = null, Func<GrafanaOptions, GrafanaOptions>? change = null)
        => new(await TestConnector.StartAsync(version, options), access, version, change);

    /// <summary>What another process would have: a connector that knows nothing yet.</summary>
    public TestConnector Connect(Func<GrafanaOptions, GrafanaOptions>? change = null, string? token = null)
    {
        var connector = TestConnector.Create(Grafana, token ?? Token, Logs, Time, change: change ?? _change);
        _connectors.Add(connector);
        return connector;
    }

    /// <summary>Grants ada a role of the platform organization, as a process of its own.</summary>
    public Task<ChangeOutcome> GrantAsync(string role, Change? change = null, CancellationToken? cancellationToken = null)
        => GrantAsync(Entitlement(Platform, role), Principal(Ada, "ada"), change, cancellationToken);

    public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change? change = null, CancellationToken? cancellationToken = null)
        => Connect().Organizations.GrantAsync(entitlement, principal, change ?? new Change(), cancellationToken ?? Cancellation);

    public Task<ChangeOutcome> RevokeAsync(string role, Change? change = null, CancellationToken? cancellationToken = null)
        => RevokeAsync(Grant(Entitlement(Platform, role), Principal(Ada, "ada")), change, cancellationToken);

    public Task<ChangeOutcome> RevokeAsync(Grant grant, Change? change = null, CancellationToken? cancellationToken = null)
        => Connect().Organizations.RevokeAsync(grant, change ?? new Change(), cancellationToken ?? Cancellation);

    public Task<ConnectorException> GrantFailsAsync(string role, Change? change = null)
        => Assert.ThrowsAsync<ConnectorException>(() => GrantAsync(role, change));

    public Task<ConnectorException> RevokeFailsAsync(string role, Change? change = null)
        => Assert.ThrowsAsync<ConnectorException>(() => RevokeAsync(role, change));

    public static Entitlement Entitlement(long organization, string role)
    {
        var resource = TestConnector.Organization(organization);
        return new() { Id = Ids.Entitlement(resource.Id, role), Slug = role, Resource = resource };
    }

    /// <summary>An account as a sync of ours leaves it with the platform, as far as it matters.</summary>
    public static Resource Principal(long id, string? login = null, string? email = null)
    {
        var principal = new Resource { Id = Ids.Resource(UserSyncer.TypeId, id.ToString(CultureInfo.InvariantCulture)), Profile = new Struct() };
        if (login is not null)
        {
            principal.DisplayName = login;
            principal.Profile.Fields["login"] = Value.ForString(login);
        }

        if (email is not null)
        {
            principal.Profile.Fields["email"] = Value.ForString(email);
        }

        return principal;
    }

    public static Grant Grant(Entitlement entitlement, Resource principal)
        => new() { Id = Ids.Grant(entitlement.Id, principal.Id), Entitlement = entitlement, Principal = principal };

    /// <summary>The annotations, other than what was verified, as <c>GrantReplaced { "replacedGrantId": … }</c>.</summary>
    public static IReadOnlyList<string> Told(ChangeOutcome outcome) => [.. outcome.Annotations.Where(annotation => !annotation.Is(GrantMetadata.Descriptor)).Select(Text)];

    /// <summary>The role that was read back; empty for no membership.</summary>
    public static string Verified(ChangeOutcome outcome)
        => Assert.Single(Annotations.All<GrantMetadata>(outcome.Annotations)).Metadata.Fields["verified_role"].StringValue;

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Grafana.DisposeAsync();
    }

    private static string Text(Any annotation) => annotation switch
    {
        _ when annotation.TryUnpack<GrantAlreadyExists>(out _) => "GrantAlreadyExists",
        _ when annotation.TryUnpack<GrantAlreadyRevoked>(out _) => "GrantAlreadyRevoked",
        _ when annotation.TryUnpack<GrantReplaced>(out var replaced) => $"GrantReplaced {replaced.ReplacedGrantId}",
        _ when annotation.TryUnpack<ResourceDeleted>(out var deleted) => $"ResourceDeleted {deleted.ResourceId.ResourceType}:{deleted.ResourceId.Resource}",
        _ => annotation.TypeUrl,
    };
}
