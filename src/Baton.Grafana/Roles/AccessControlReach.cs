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
    private static ConnectorException Unavailable() => new(
        StatusCode.FailedPrecondition,
        "access-control API unavailable: roles need Grafana Enterprise with a license, or Grafana Cloud. Nothing is taken for deleted; leave the type role out (--sync-resource-types) where there are none");

    /// <summary>What to fail with when a path of access control is not there on a server that has it.</summary>
    public static ConnectorException Blocked(ConnectorException absent) => new(
        StatusCode.FailedPrecondition,
        $"{absent.Message}, although it says that it has access control (/api/access-control/status); check whether a gateway blocks the path",
        absent);

    private async Task<IReadOnlyList<OrganizationView>> ReadAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        // An old server is not asked: what it does with a path that it does not know is its own affair.
        var isOld = (await build.ReadAsync(cancellationToken)).Version is { } version && version < GrafanaVersion.AccessControl;

        // Before the permissions: open source does not know these, and would seem to lack them.
        if (!isOld && await grafana.HasAccessControlAsync(cancellationToken))
        {
            return await reach.ListAsync(new Needs("roles", [.. Needed(sync)], RoleSyncer.TypeId), sync, cancellationToken);
        }

        // Who asks for everything there is gets no roles from a build that never has any. From any other, and whoever asks for them by
        // name, they may have been there yesterday.
        return (isOld || await IsOpenSourceAsync(sync, cancellationToken)) && !sync.IsRequested(RoleSyncer.TypeId) ? [] : throw Unavailable();
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

    private async Task<bool> IsOpenSourceAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        try
        {
            return (await grafana.GetFrontendSettingsAsync(cancellationToken)).IsOpenSource;
        }
        catch (ConnectorException untold) when (!untold.IsTransient && untold.Code is not StatusCode.Unauthenticated)
        {
            // Which edition it is, is not said by whoever keeps us from asking.
            var text = $"it cannot be told whether this Grafana has roles: it knows no /api/access-control/status, and its edition cannot be read: {untold.Message}";
            if (sync.IsRequested(RoleSyncer.TypeId) || sync.MayHaveBeenSynced(RoleSyncer.TypeId))
            {
                throw new ConnectorException(StatusCode.FailedPrecondition, $"{text}; let the connector read that path, or leave the type role out (--sync-resource-types)", untold);
            }

            sync.Warn($"{text}; roles are not synced");
            return true;
        }
    }
}
