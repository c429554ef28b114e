using System.Runtime.CompilerServices;
using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.ServiceAccounts;
using Baton.Grafana.Teams;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Roles;

/// <summary>
/// Who holds which roles in the scope <c>all</c>: teams, people and service accounts of every organization, in one listing for all roles.
/// A request a role would be hundreds an organization; a batch of holders is some.
/// </summary>
internal sealed class RoleAssignments(IGrafanaDirectory directory, AccessControlReach access, RoleScope scope)
{
    private readonly RoleHolders _holders = new(scope);

    public async IAsyncEnumerable<IReadOnlyList<Grant>> ListAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // By role and account, since a person who holds a role in two organizations has one grant. It is as large as what is assigned to
        // people one by one, not as large as the organizations.
        var people = new SortedDictionary<(string Role, long Account), List<long>>();
        foreach (var view in await access.ListAsync(sync, cancellationToken))
        {
            if (AccessControlReach.WantsTeams(sync))
            {
                var teams = await HolderIds.OfTeamsAsync(view.Grafana, sync.Parallelism, cancellationToken);
                yield return [.. (await HeldAsync(view, RoleHolderKind.Team, teams, sync, cancellationToken))
                    .Select(held => RoleGrants.OfTeam(held.Role, TeamResource.IdOf(held.Id)))];
            }

            if (AccessControlReach.WantsServiceAccounts(sync))
            {
                var accounts = await HolderIds.OfServiceAccountsAsync(view.Grafana, sync.Parallelism, cancellationToken);
                yield return [.. (await HeldAsync(view, RoleHolderKind.Account, accounts, sync, cancellationToken))
                    .Select(held => RoleGrants.OfAccount(held.Role, ServiceAccountResource.IdOf(held.Id), [view.Organization.Id]))];
            }

            if (AccessControlReach.WantsPeople(sync))
            {
                await AddPeopleAsync(people, view, sync, cancellationToken);
            }
        }

        foreach (var grants in people.Chunk(PageSize.Written))
        {
            yield return [.. grants.Select(held => RoleGrants.OfAccount(held.Key.Role, AccountResource.IdOf(held.Key.Account), held.Value))];
        }
    }

    private async Task AddPeopleAsync(
        SortedDictionary<(string Role, long Account), List<long>> people, OrganizationView view, ISyncContext sync, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var members in directory.ListMembershipsAsync(view.Organization, sync, cancellationToken))
            {
                foreach (var held in await HeldAsync(view, RoleHolderKind.Account, [.. members.Select(member => member.AccountId).Distinct()], sync, cancellationToken))
                {
                    Add(people, held, view.Organization.Id);
                }
            }
        }
        catch (ConnectorException gone) when (gone.Code == StatusCode.NotFound)
        {
            // The engine would take it for the end of this listing, which is that of the other organizations too.
            sync.Warn($"{gone.Message}; so were the roles held there");
        }
    }

    private async Task<IEnumerable<(string Role, long Id)>> HeldAsync(
        OrganizationView view, RoleHolderKind kind, IReadOnlyList<long> ids, ISyncContext sync, CancellationToken cancellationToken)
    {
        var held = await _holders.ReadAsync(view.Grafana, kind, ids, sync.Parallelism, cancellationToken);
        return held.OrderBy(one => one.Key).SelectMany(one => one.Value.Select(role => (role, one.Key)));
    }

    // A listing that was begun anew names a member twice.
    private static void Add(SortedDictionary<(string Role, long Account), List<long>> people, (string Role, long Id) held, long organization)
    {
        if (!people.TryGetValue(held, out var organizations))
        {
            people[held] = [organization];
        }
        else if (organizations[^1] != organization)
        {
            organizations.Add(organization);
        }
    }
}
