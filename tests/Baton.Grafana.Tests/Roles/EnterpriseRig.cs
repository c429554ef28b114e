using System.Globalization;
using Baton.Grafana.Permissions;
using Baton.Grafana.Roles;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Tests.Roles;

/// <summary>An Enterprise instance with two organizations that the administrator belongs to, roles of every kind, and accounts ada and grace.</summary>
internal sealed class EnterpriseRig : IAsyncDisposable
{
    public const string Irm = "plugins:grafana-irm-app:admin";
    public const string OnCall = "plugins:grafana-oncall-app:editor";
    public const string Fixed = "fixed:teams:writer";
    public const string Custom = "custom:reader";
    public const string HiddenIrm = "plugins:grafana-irm-app:internal";

    private readonly List<TestConnector> _connectors = [];

    private EnterpriseRig(FakeGrafana grafana)
    {
        Grafana = grafana;
        Platform = grafana.AddOrganization("Platform");
        grafana.AddMember(Platform, 1, GrafanaRole.Admin);
        Ada = grafana.AddUser("ada");
        Grace = grafana.AddUser("grace");
        grafana.AddMember(1, Ada, GrafanaRole.Viewer);
        grafana.AddMember(Platform, Ada, GrafanaRole.Viewer);
        grafana.AddMember(1, Grace, GrafanaRole.Viewer);
        grafana.AddRole(new("irm", Irm, "Admin", "IRM") { Description = "All of IRM" });
        grafana.AddRole(new("oncall", OnCall, "Editor", "Grafana OnCall"));
        grafana.AddRole(new("fixed", Fixed, "Team writer", "Teams"));
        grafana.AddRole(new("custom", Custom) { IsGlobal = false, OrganizationId = 1 });
        grafana.AddRole(new("basic", "basic:viewer", "Viewer", "Basic"));
        grafana.AddRole(new("managed", "managed:users:2:permissions") { IsGlobal = false });
        grafana.AddRole(new("hidden", HiddenIrm) { IsHidden = true });
    }

    public FakeGrafana Grafana { get; }

    public long Platform { get; }

    public long Ada { get; }

    public long Grace { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EnterpriseRig> StartAsync(string version = "11.3", GrafanaEdition edition = GrafanaEdition.Enterprise)
        => new(await TestConnector.StartAsync(version, new FakeGrafanaOptions { Edition = edition }));

    /// <summary>A sync that remembers, as the engine's does.</summary>
    /// <param name="requested">The types asked for by name; none for all.</param>
    public static RememberingSync Sync(params string[] requested) => new(requested);

    public RoleSyncer Syncer(RoleScope? scope = null, string? token = null) => Connect(scope, token).Syncers.OfType<RoleSyncer>().Single();

    public async Task<List<Resource>> ListAsync(ISyncContext? sync = null, RoleScope? scope = null, string? token = null)
        => await Syncer(scope, token).ListResourcesAsync(null, new PageRequest(sync ?? Sync()), Cancellation).ReadAsync();

    public Task<ConnectorException> ListFailsAsync(ISyncContext? sync = null, RoleScope? scope = null, string? token = null)
        => Assert.ThrowsAsync<ConnectorException>(() => ListAsync(sync, scope, token));

    /// <summary>The grants that the roles list themselves.</summary>
    public async Task<List<Grant>> ListGrantsAsync(ISyncContext? sync = null, RoleScope? scope = null, string? token = null)
        => await Syncer(scope, token).ListGrantsAsync(new Resource { Id = Ids.Resource("role", "role") }, new PageRequest(sync ?? Sync()), Cancellation).ReadAsync();

    public TeamRoles TeamRoles(RoleScope? scope = null, string? token = null)
    {
        var connector = Connect(scope, token);
        var grafana = connector.Reach.In(1);
        return new TeamRoles(new AccessControlReach(grafana, new ServerBuildProbe(grafana), connector.Reach, scope ?? RoleScope.IrmOnCall), scope ?? RoleScope.IrmOnCall);
    }

    public static Resource Team(long id, long organization) => new()
    {
        Id = Ids.Resource("team", id.ToString(CultureInfo.InvariantCulture)),
        Profile = new Struct { Fields = { ["org_id"] = Value.ForString(organization.ToString(CultureInfo.InvariantCulture)) } },
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in _connectors)
        {
            await connector.DisposeAsync();
        }

        await Grafana.DisposeAsync();
    }

    private GrafanaConnector Connect(RoleScope? scope, string? token)
    {
        var connector = TestConnector.Create(Grafana, token, change: options => options with { RoleScope = scope ?? RoleScope.IrmOnCall });
        _connectors.Add(connector);
        return (GrafanaConnector)connector.Connector;
    }
}
