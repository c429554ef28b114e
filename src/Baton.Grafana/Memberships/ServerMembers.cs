using System.Runtime.CompilerServices;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>
/// The members of any organization of a server. Grafana lists them in one answer without a number, so the list is compared with what else
/// is known: that our own account is among them, where it belongs, and that somebody is.
/// </summary>
internal sealed class ServerMembers(GrafanaClient grafana, ServerOrganizations organizations)
{
    /// <exception cref="ConnectorException"><c>NotFound</c>: the organization is gone. Otherwise, the list contradicts what Grafana says elsewhere.</exception>
    public async IAsyncEnumerable<IReadOnlyList<Membership>> ListAsync(
        Organization organization, ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = await OwnAccount.OfAsync(grafana, sync, cancellationToken);
        for (var isRepeated = false; ; isRepeated = true)
        {
            var roles = new MemberRoles(organization);
            await foreach (var slice in Slices.OfMembersAsync(grafana.StreamMembersAsync(organization.Id, cancellationToken), cancellationToken))
            {
                yield return [.. roles.Once(slice).Select(Slices.MembershipOf)];
            }

            if (await FindFaultAsync(organization, own, roles, cancellationToken) is not { } fault)
            {
                if (roles.Count > 0)
                {
                    yield break;
                }

                if (isRepeated)
                {
                    sync.Warn($"{organization} has no members");
                    yield break;
                }
            }
            else if (isRepeated)
            {
                throw fault;
            }

            // Somebody may have been removed, or the organization deleted, between the one answer and the other.
            own = await OwnAccount.ReadAsync(grafana, cancellationToken);
        }
    }

    private async Task<ConnectorException?> FindFaultAsync(Organization organization, OwnAccount own, MemberRoles roles, CancellationToken cancellationToken)
    {
        if (own.Memberships.TryGetValue(organization.Id, out var membership) && !roles.Contains(own.Id))
        {
            return Incomplete.Contradicts(
                $"it lists {roles.Count} members of {organization} (/api/orgs/{organization.Id}/users)", $"our own account is {membership.Role} there (/api/user/orgs)");
        }

        if (roles.Contains(own.Id) && !own.Memberships.ContainsKey(organization.Id))
        {
            return Incomplete.Contradicts(
                $"it lists our own account {own.Id} as a member of {organization} (/api/orgs/{organization.Id}/users)", "not that organization as one of our own (/api/user/orgs)");
        }

        // Grafana lists the members of an organization that never was, and finds none.
        if (roles.Count > 0 || await organizations.FindAsync(organization.Id, cancellationToken) is not null)
        {
            return null;
        }

        return await organizations.IsListedAsync(organization.Id, cancellationToken)
            ? Incomplete.Contradicts($"it knows no {organization} (/api/orgs/{organization.Id})", "lists it (/api/orgs)")
            : throw new ConnectorException(StatusCode.NotFound, $"{organization} was deleted during the sync");
    }
}
