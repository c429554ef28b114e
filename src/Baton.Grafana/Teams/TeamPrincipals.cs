using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.ServiceAccounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>
/// Whom the rows of a team are about. Grafana keeps rows of accounts that are gone, of none at all (0), and of service accounts, whose
/// numbers are out of the same sequence: a grant to "account 14" would go to nobody.
/// </summary>
/// <param name="server">The server, to ask about one account; null for a token, which sees those of its organization only.</param>
internal sealed class TeamPrincipals(GrafanaClient? server)
{
    /// <param name="grafana">The view of the team's organization.</param>
    /// <param name="team">The team.</param>
    /// <param name="rows">Its members.</param>
    /// <param name="accounts">The accounts that the sync has; null when that is not known, and everybody is taken for one.</param>
    /// <param name="sync">Where is said who is left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<TeamPrincipal>> OfAsync(
        GrafanaClient grafana,
        TeamReference team,
        IReadOnlyList<GrafanaTeamMember> rows,
        IReadOnlySet<long>? accounts,
        ISyncContext sync,
        CancellationToken cancellationToken)
    {
        var (found, left) = (new List<TeamPrincipal>(rows.Count), 0);
        foreach (var row in rows)
        {
            if (row.UserId > 0 && (accounts?.Contains(row.UserId) != false || await IsAccountAsync(row.UserId, cancellationToken)))
            {
                found.Add(new(row, AccountResource.IdOf(row.UserId), IsServiceAccount: false));
            }
            else if (row.UserId > 0 && await IsServiceAccountAsync(grafana, row.UserId, cancellationToken))
            {
                found.Add(new(row, ServiceAccountResource.IdOf(row.UserId), IsServiceAccount: true));
            }
            else
            {
                left++;
            }
        }

        if (left > 0)
        {
            sync.Warn(server is null
                ? $"{left} of the {rows.Count} members of {team} are not members of its organization; they are not shown"
                : $"{left} of the {rows.Count} members of {team} are accounts that Grafana does not have; they are not shown");
        }

        return found;
    }

    // Somebody may have come since the accounts were listed.
    private async Task<bool> IsAccountAsync(long id, CancellationToken cancellationToken)
        => server is not null && await IsThereAsync(() => server.GetUserAsync(id, cancellationToken));

    private static Task<bool> IsServiceAccountAsync(GrafanaClient grafana, long id, CancellationToken cancellationToken)
        => IsThereAsync(() => grafana.GetServiceAccountAsync(id, cancellationToken));

    private static async Task<bool> IsThereAsync<T>(Func<Task<T>> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (ConnectorException absent) when (absent.Code is StatusCode.NotFound or StatusCode.PermissionDenied)
        {
            return false;
        }
    }
}

/// <summary>A member of a team.</summary>
/// <param name="Row">As Grafana lists it.</param>
/// <param name="Id">Who it is.</param>
/// <param name="IsServiceAccount">It is no person, and its memberships are not changed here.</param>
internal sealed record TeamPrincipal(GrafanaTeamMember Row, ResourceId Id, bool IsServiceAccount);
