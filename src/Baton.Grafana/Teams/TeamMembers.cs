using Baton.Grafana.Accounts;
using Baton.Grafana.Administrators;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>
/// Who is in a team. Grafana answers with an empty list for a team that is gone and with a short one to whoever may not see all
/// accounts, so that a list is compared with the team's own count.
/// </summary>
/// <param name="reach">Opens the team's organization.</param>
/// <param name="build">Which Grafana.</param>
/// <param name="visible">The accounts that a token sees; null for a server administrator, who sees all.</param>
/// <param name="failOnHiddenUsers">Members that a token cannot see end the sync.</param>
/// <param name="principals">Tells whom rows are about.</param>
internal sealed class TeamMembers(
    IOrganizationReach reach, ServerBuildProbe build, VisibleAccounts? visible, bool failOnHiddenUsers, TeamPrincipals principals)
{
    public static readonly NeededAction NeededOfAccounts = PermissionTable.Required("org.users:read");

    /// <exception cref="ConnectorException"><c>NotFound</c>: the team was deleted. <c>PermissionDenied</c>: members are withheld.</exception>
    public async Task<IReadOnlyList<TeamPrincipal>> ListAsync(TeamReference team, ISyncContext sync, CancellationToken cancellationToken)
    {
        var grafana = reach.In(team.OrganizationId);
        var shown = await ReadAsync(grafana, team, cancellationToken);
        if (shown.Count < (team.MemberCount ?? 1))
        {
            shown = await CompleteAsync(grafana, team, shown, sync, cancellationToken);
        }

        if (shown.FirstOrDefault(member => member.Permission is null) is { } untold)
        {
            throw new ConnectorException(
                StatusCode.Internal,
                $"Grafana does not tell whether account {untold.UserId} administers {team}, as every Grafana does; is something in between changing its answers?");
        }

        IReadOnlySet<long>? accounts = shown.Count == 0 ? null
            : visible is null ? (await AdministratorsSeen.OfAsync(sync, cancellationToken)).All
            : await visible.ReadAsync(sync, cancellationToken);
        return await principals.OfAsync(grafana, team, shown, accounts, sync, cancellationToken);
    }

    private static async Task<List<GrafanaTeamMember>> ReadAsync(GrafanaClient grafana, TeamReference team, CancellationToken cancellationToken)
    {
        try
        {
            var members = new List<GrafanaTeamMember>();
            await foreach (var member in grafana.StreamTeamMembersAsync(team.Id, cancellationToken))
            {
                members.Add(member);
            }

            return members;
        }
        catch (ConnectorException refused) when (refused.Code is StatusCode.PermissionDenied or StatusCode.FailedPrecondition)
        {
            await CountAsync(grafana, team, cancellationToken);
            throw refused.Code == StatusCode.PermissionDenied
                ? new ConnectorException(
                    StatusCode.PermissionDenied, $"the members of {team} cannot be read: {refused.Message}; the credential needs teams.permissions:read (scope teams:*), or the role Admin", refused)
                : refused;
        }
    }

    /// <exception cref="ConnectorException"><c>NotFound</c>: the team is gone.</exception>
    private static async Task<long> CountAsync(GrafanaClient grafana, TeamReference team, CancellationToken cancellationToken)
        => await TeamDirectory.FindAsync(grafana, team.Id, cancellationToken) is { } found
            ? found.MemberCount
            : throw new ConnectorException(StatusCode.NotFound, $"{team} was deleted during the sync");

    private async Task<List<GrafanaTeamMember>> CompleteAsync(
        GrafanaClient grafana, TeamReference team, List<GrafanaTeamMember> shown, ISyncContext sync, CancellationToken cancellationToken)
    {
        if (await CountAsync(grafana, team, cancellationToken) <= shown.Count)
        {
            return shown;
        }

        // Somebody may have come between the one request and the other.
        shown = await ReadAsync(grafana, team, cancellationToken);
        var counted = await CountAsync(grafana, team, cancellationToken);
        if (counted <= shown.Count)
        {
            return shown;
        }

        var shortfall = $"Grafana counts {counted} members of {team} and shows {shown.Count}";
        var permissions = await OwnPermissions.ReadAsync(grafana, (await build.ReadAsync(cancellationToken)).Version, cancellationToken);
        if (permissions.GapFor([NeededOfAccounts]) is { } gap)
        {
            throw new ConnectorException(StatusCode.PermissionDenied, $"{shortfall}: {gap}");
        }

        if (shown.Count == 0 && await MustShowAsync(sync, cancellationToken))
        {
            throw Incomplete.Contradicts($"it lists no members of {team}", $"it counts {counted}");
        }

        Report(visible is null
            ? $"{shortfall}: the rest are what deleted accounts left behind"
            : $"{shortfall}: the rest are hidden from this token ([users] hidden_users), or what deleted accounts left behind");
        return shown;

        void Report(string text)
        {
            if (visible is not null && failOnHiddenUsers)
            {
                throw new ConnectorException(StatusCode.FailedPrecondition, $"{text}; unset --fail-on-hidden-users to sync without them");
            }

            sync.Warn(text);
        }
    }

    /// <summary>
    /// Whether somebody must be shown of a team that counts some. Releases before 9 count what deleted accounts left behind, and from a token
    /// single people are hidden, which then its organization's count tells.
    /// </summary>
    private async Task<bool> MustShowAsync(ISyncContext sync, CancellationToken cancellationToken)
        => (await build.ReadAsync(cancellationToken)).Version >= GrafanaVersion.CountedTeams
            && (visible is null || await visible.AreAllAsync(sync, cancellationToken));
}
