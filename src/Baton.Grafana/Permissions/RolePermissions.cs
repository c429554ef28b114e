using System.Collections.Concurrent;
using Baton.Grafana.Api;

namespace Baton.Grafana.Permissions;

/// <summary>
/// What an account may do in each of its organizations. In the open-source edition nothing but its role decides, since there are no roles
/// of one's own: it is asked once a role there, and not once for each of a thousand organizations. Thread-safe.
/// </summary>
internal sealed class RolePermissions(GrafanaClient grafana, GrafanaVersion? version, bool isOpenSource)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<OwnPermissions>>> _byRole = new(StringComparer.Ordinal);

    public Task<OwnPermissions> ReadAsync(long organizationId, string role, CancellationToken cancellationToken)
        => isOpenSource
            ? _byRole.GetOrAdd(role, _ => new(() => OwnPermissions.ReadAsync(grafana.In(organizationId), version, cancellationToken))).Value
            : OwnPermissions.ReadAsync(grafana.In(organizationId), version, cancellationToken);
}
