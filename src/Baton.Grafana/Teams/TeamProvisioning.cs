using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Teams;

/// <summary>Grants and revokes what accounts are in teams, one change at a time an organization.</summary>
/// <param name="grafana">The server as a whole.</param>
/// <param name="reach">Opens organizations.</param>
/// <param name="open">Makes the view of the memberships for one change, with how long it waits out what passes by itself.</param>
/// <param name="build">Which Grafana it is.</param>
/// <param name="locks">Shared by everything that changes memberships.</param>
/// <param name="time">The clock of what is read back, and of waits.</param>
/// <param name="logger">Where the verified state is logged.</param>
internal sealed class TeamProvisioning(
    GrafanaClient grafana,
    IOrganizationReach reach,
    Func<ServerBuild, RetryPolicy, IMemberships> open,
    ServerBuildProbe build,
    ChangeLocks locks,
    TimeProvider time,
    ILogger logger)
{
    public async Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
    {
        var request = TeamRequest.Of(entitlement);
        var account = AccountReference.Of(principal);
        var opened = await OpenAsync(request, account, cancellationToken);
        var view = opened.View ?? throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}Grafana has no team {request.TeamId}");
        var grant = new TeamGrant(opened.Memberships, opened.Outcomes);
        return await locks.RunAsync(view.Organization.Id, () => grant.RunAsync(view, request.Right, change, cancellationToken), cancellationToken);
    }

    public async Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken)
    {
        var request = TeamRequest.Of(grant.Entitlement);
        var account = AccountReference.Of(grant.Principal);
        var opened = await OpenAsync(request, account, cancellationToken);
        if (opened.View is not { } view)
        {
            return opened.Outcomes.NoTeam(request, account);
        }

        var revocation = new TeamRevocation(opened.Memberships, opened.Outcomes);
        return await locks.RunAsync(view.Organization.Id, () => revocation.RunAsync(view, request.Right, change, cancellationToken), cancellationToken);
    }

    private async Task<Opened> OpenAsync(TeamRequest request, AccountReference account, CancellationToken cancellationToken)
    {
        var (server, retry) = await build.OpenAsync(time, logger, cancellationToken);
        var memberships = open(server, retry);
        var organization = await new TeamSearch(grafana, reach, memberships, retry).FindAsync(request, cancellationToken);
        return new(
            organization is null ? null : new TeamView(reach.In(organization.Id), organization, request.TeamId, account, retry),
            memberships,
            new TeamOutcomes(server, time, logger));
    }

    /// <param name="View">Null when there is no such team.</param>
    /// <param name="Memberships">Who belongs to the team's organization.</param>
    /// <param name="Outcomes">Tells how it ends.</param>
    private sealed record Opened(TeamView? View, IMemberships Memberships, TeamOutcomes Outcomes);
}
