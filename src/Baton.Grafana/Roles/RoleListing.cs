using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Roles;

/// <summary>
/// The roles of all organizations by their names, which is what the platform knows them by. Global ones are the same everywhere. Two
/// organizations can each have a role of their own with the same name: these are shown as one, and said to be two.
/// </summary>
internal sealed class RoleListing(AccessControlReach access, RoleScope scope)
{
    private const string NeededActions = "the credential needs roles:read (scope roles:*)";

    public async Task<IReadOnlyList<ListedRole>> ListAsync(ISyncContext sync, CancellationToken cancellationToken)
    {
        var views = await access.ListAsync(sync, cancellationToken);
        var listed = new IReadOnlyList<GrafanaRbacRole>[views.Count];
        await Parallel.ForAsync(
            0,
            views.Count,
            new ParallelOptions { MaxDegreeOfParallelism = sync.Parallelism, CancellationToken = cancellationToken },
            async (index, token) => listed[index] = await ReadAsync(views[index], token));

        var roles = new Dictionary<string, ListedRole>(StringComparer.Ordinal);
        for (var index = 0; index < views.Count; index++)
        {
            foreach (var role in listed[index].Where(scope.Includes))
            {
                var organization = views[index].Organization.Id;
                roles[role.Name] = roles.TryGetValue(role.Name, out var known) ? known.AlsoIn(organization) : new(role, [organization]);
            }
        }

        foreach (var role in roles.Values.Where(role => role is { Role.Global: false, Organizations.Count: > 1 }))
        {
            sync.Warn(
                $"organizations {string.Join(", ", role.Organizations)} each have a role of their own called {role.Role.Name}; they are shown as one, with the holders of all, and may permit different things");
        }

        return [.. roles.Values];
    }

    private static async Task<IReadOnlyList<GrafanaRbacRole>> ReadAsync(OrganizationView view, CancellationToken cancellationToken)
    {
        try
        {
            return await view.Grafana.ListRolesAsync(cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            throw AccessControlReach.Blocked(absent);
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            throw new ConnectorException(StatusCode.PermissionDenied, $"{forbidden.Message}; {NeededActions}", forbidden);
        }
    }
}

/// <summary>A role, and the organizations that have it.</summary>
/// <param name="Role">As the first of them tells it.</param>
/// <param name="Organizations">Ascending.</param>
internal sealed record ListedRole(GrafanaRbacRole Role, IReadOnlyList<long> Organizations)
{
    public ListedRole AlsoIn(long organization) => this with { Organizations = [.. Organizations, organization] };
}
