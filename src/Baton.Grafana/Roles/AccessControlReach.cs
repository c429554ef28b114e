using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Grafana.ServiceAccounts;
using Baton.Grafana.Teams;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Roles;

/// <summary>In which organizations roles and their holders can be read. A server without access control has none, which is said.</summary>
internal sealed class AccessControlReach(GrafanaClient grafana, ServerBuildProbe build, IOrganizationReach reach, RoleScope scope)
{
    private static readonly NeededAction Roles = PermissionTable.Required("roles:read");
    private static readonly NeededAction Teams = PermissionTable.Required("teams:read");
    private static readonly NeededAction TeamRoles = PermissionTable.Required("teams.roles:read");
    private static readonly NeededAction Members = PermissionTable.Required("org.users:read");
    private static readonly NeededAction ServiceAccounts = PermissionTable.Required("serviceaccounts:read");
    private static readonly NeededAction AccountRoles = PermissionTable.Required("users.roles:read");

    /// <summary>The same for everybody who asks during a sync.</summary>
    /// <exception cref="ConnectorException">The server has no roles, or the credential may not read them; nobody must take that for "there are none".</exception>
    public Task<IReadOnlyList<OrganizationView>> ListAsync(ISyncContext sync, CancellationToken cancellationToken)
        => sync.OnceAsync("grafana.roles.reach", token => ReadAsync(sync, token), cancellationToken);

    public static bool WantsTeams(ISyncContext sync) => sync.IsSelected(TeamSyncer.TypeId);

    public static bool WantsPeople(ISyncContext sync) => sync.IsSelected(UserSyncer.TypeId);

    public static bool WantsServiceAccounts(ISyncContext sync) => sync.IsSelected(ServiceAccountResource.TypeId);

    /// <summary>What to fail with when the server has no roles.</summary>
    public static ConnectorException Unavailable(Exception? inner = null) => new(
        StatusCode.FailedPrecondition,
        "access-control API unavailable: roles need Grafana Enterprise with a license, or Grafana Cloud. Nothing is taken for deleted; leave the type role out (--sync-resource-types) where there are none",
        inner);

    private async Task<IReadOnlyList<OrganizationView>> ReadAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        // An old server is not asked: what it does with a path that it does not know is its own affair.
        var isOld = (await build.ReadAsync(cancellationToken)).Version is { } version && version < GrafanaVersion.AccessControl;

        // Before the permissions: open source does not know these, and would seem to lack them.
        if (!isOld && await grafana.HasAccessControlAsync(cancellationToken))
        {
            return await reach.ListAsync("roles", [.. Needed(sync)], sync, cancellationToken);
        }

        // Who asks for everything there is gets no roles from a build that never has any. From any other, and whoever asks for them by
        // name, they may have been there yesterday.
        return !sync.IsRequested(RoleSyncer.TypeId) && (isOld || await IsOpenSourceAsync(cancellationToken)) ? [] : throw Unavailable();
    }

    // Lists are filtered by scopes, those of whom we ask the roles of too.
    private IEnumerable<NeededAction> Needed(ISyncContext sync)
    {
        yield return Roles;
        if (WantsTeams(sync))
        {
            yield return Teams;
            yield return TeamRoles;
        }

        if (!scope.IncludesAccounts || !(WantsPeople(sync) || WantsServiceAccounts(sync)))
        {
            yield break;
        }

        yield return AccountRoles;
        if (WantsPeople(sync))
        {
            yield return Members;
        }

        if (WantsServiceAccounts(sync))
        {
            yield return ServiceAccounts;
        }
    }

    private async Task<bool> IsOpenSourceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await grafana.GetFrontendSettingsAsync(cancellationToken)).IsOpenSource;
        }
        catch (ConnectorException untold) when (untold.Code is StatusCode.NotFound or StatusCode.PermissionDenied)
        {
            return false;
        }
    }
}
