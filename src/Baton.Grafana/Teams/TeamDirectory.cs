using System.Runtime.CompilerServices;
using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>
/// The teams of every organization that the credential can look into. Each organization's list is complete, of that organization, or an
/// error.
/// </summary>
/// <param name="reach">Which organizations.</param>
/// <param name="build">Which Grafana.</param>
/// <param name="visible">The accounts that a token sees; null for a server administrator, who sees all.</param>
internal sealed class TeamDirectory(IOrganizationReach reach, ServerBuildProbe build, VisibleAccounts? visible)
{
    private static readonly Needs Needed = new(
        "teams", [PermissionTable.Required("teams:read"), PermissionTable.Required("teams.permissions:read"), TeamMembers.NeededOfAccounts], TeamSyncer.TypeId);

    /// <exception cref="ConnectorException">A list does not add up, or may not be read.</exception>
    public async IAsyncEnumerable<OrganizationTeams> ListAsync(ISyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = (await build.ReadAsync(cancellationToken)).Version;

        // Nothing tells what a token may do before Grafana 9, and the teams that it may not see are missing from a list that looks
        // complete. The accounts are shown to an Admin only, who sees all teams.
        if (visible is not null && version is { Major: < 9 })
        {
            await visible.ReadAsync(sync, cancellationToken);
        }

        var views = await reach.ListAsync(Needed, sync, cancellationToken);
        var confirmations = new Confirmations(version);
        await foreach (var teams in ReadAhead.InOrderAsync(views, sync.Parallelism, (view, token) => ListAsync(view, version, confirmations, token), cancellationToken))
        {
            yield return teams;
        }
    }

    /// <summary>One team, in whichever of the credential's own organizations it is; null when it is in none.</summary>
    public async Task<OrganizationTeams?> FindAsync(long id, CancellationToken cancellationToken)
    {
        foreach (var organization in await reach.ListOwnAsync(cancellationToken))
        {
            if (await FindAsync(reach.In(organization.Id), id, cancellationToken) is { } team)
            {
                return new(organization.Id, [team]);
            }
        }

        return null;
    }

    /// <summary>A team of the organization that a client looks into; null when it has none of that id.</summary>
    public static async Task<GrafanaTeam?> FindAsync(GrafanaClient grafana, long id, CancellationToken cancellationToken)
    {
        try
        {
            return await grafana.GetTeamAsync(id, cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<OrganizationTeams> ListAsync(
        OrganizationView view, GrafanaVersion? version, Confirmations confirmations, CancellationToken cancellationToken)
    {
        var listing = new TeamListing(view);
        var teams = version >= GrafanaVersion.CountedTeams
            ? await listing.ReadCountedAsync(cancellationToken)
            : await listing.ReadUncountedAsync(cancellationToken);

        // What a gateway drops of a request, or a switch of organizations in between, must not show one organization's teams as another's.
        if (teams.FirstOrDefault(team => team.OrgId != 0 && team.OrgId != view.Organization.Id) is { } stranger)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"asked for the teams of {listing.Name}, Grafana answers with one of organization {stranger.OrgId}; does a gateway drop the header X-Grafana-Org-Id?");
        }

        if (teams.Count == 0 && confirmations.AreNeeded())
        {
            await ConfirmAsync(view, listing.Name, cancellationToken);
        }

        return new(view.Organization.Id, teams);
    }

    // An organization that the account does not belong to any more has no teams either, says Grafana 6.5.
    private static async Task ConfirmAsync(OrganizationView view, string name, CancellationToken cancellationToken)
    {
        try
        {
            if ((await view.Grafana.GetCurrentOrganizationAsync(cancellationToken)).Id == view.Organization.Id)
            {
                return;
            }
        }
        catch (ConnectorException closed) when (closed.Code is StatusCode.FailedPrecondition or StatusCode.PermissionDenied)
        {
            // Said below, in words that fit.
        }

        throw new ConnectorException(
            StatusCode.Aborted, $"{name} shows no teams, and not itself either: it was deleted, or the account removed from it, meanwhile. Run the sync again");
    }
}

/// <summary>
/// Whether an organization without teams has to say that it is the one that was asked for. From Grafana 9 on one that is closed to us is
/// refused, so that what remains is a header that something in between drops: two organizations tell, of which one at most is the active
/// one. Thread-safe.
/// </summary>
internal sealed class Confirmations(GrafanaVersion? version)
{
    private int _asked;

    public bool AreNeeded() => version is not { } known || known < GrafanaVersion.CountedTeams || Interlocked.Increment(ref _asked) <= 2;
}

/// <summary>Teams, and the organization that they are all of.</summary>
internal sealed record OrganizationTeams(long OrganizationId, IReadOnlyList<GrafanaTeam> Teams);
