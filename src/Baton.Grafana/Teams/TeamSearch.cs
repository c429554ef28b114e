using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>Finds the organization of a team: the one that the platform remembers, else whichever has it.</summary>
/// <param name="grafana">The server as a whole.</param>
/// <param name="reach">Which organizations the credential belongs to; others show no teams, not even to a server administrator.</param>
/// <param name="memberships">Tells whether an organization is there.</param>
/// <param name="retry">Waits out what passes by itself.</param>
internal sealed class TeamSearch(GrafanaClient grafana, IOrganizationReach reach, IMemberships memberships, RetryPolicy retry)
{
    /// <returns>The organization; null when the team is in none, or its organization is gone.</returns>
    /// <exception cref="ConnectorException">The team may be where the credential cannot see it.</exception>
    public async Task<Organization?> FindAsync(TeamRequest request, CancellationToken cancellationToken)
    {
        var own = await retry.RunAsync(() => reach.ListOwnAsync(cancellationToken), cancellationToken);
        if (request.OrganizationId is { } told)
        {
            return own.FirstOrDefault(organization => organization.Id == told) ?? await RequireGoneAsync(told, cancellationToken);
        }

        foreach (var organization in own)
        {
            var team = await retry.RunAsync(() => TeamDirectory.FindAsync(reach.In(organization.Id), request.TeamId, cancellationToken), cancellationToken);
            if (team is not null)
            {
                return organization;
            }
        }

        await RequireAllSearchedAsync(request.TeamId, own, cancellationToken);
        return null;
    }

    private async Task<Organization?> RequireGoneAsync(long organizationId, CancellationToken cancellationToken)
        => await memberships.FindOrganizationAsync(organizationId, cancellationToken) is { } closed
            ? throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{Prefix.Connector}our account is not a member of {closed}, and sees no teams there; make it an Admin there")
            : null;

    private async Task RequireAllSearchedAsync(long teamId, IReadOnlyList<Organization> own, CancellationToken cancellationToken)
    {
        if (!memberships.SeesAllAccounts)
        {
            return;
        }

        // One more than our own is enough to know that there are others.
        var some = await retry.RunAsync(() => grafana.ListOrganizationsAsync(page: 0, own.Count + 1, cancellationToken), cancellationToken);
        if (some.FirstOrDefault(organization => own.All(mine => mine.Id != organization.Id)) is { } closed)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{Prefix.Connector}none of our account's organizations has team {teamId}, and there are others that it is not a member of ({closed}, say); make it an Admin there");
        }
    }
}
