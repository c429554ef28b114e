using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Teams;

/// <summary>One team and one account, for one change: read afresh each time, changed by one request at a time.</summary>
internal sealed class TeamView(GrafanaClient grafana, Organization organization, long teamId, AccountReference account, RetryPolicy retry)
{
    public Organization Organization => organization;

    public AccountReference Account => account;

    public long TeamId => teamId;

    public Task<TeamState> ReadAsync(CancellationToken cancellationToken) => retry.RunAsync(() => ReadOnceAsync(cancellationToken), cancellationToken);

    public Task<WriteAnswer> AddAsync(Change change, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.AddTeamMemberAsync(change, teamId, account.Id, cancellationToken), cancellationToken);

    public Task<WriteAnswer> SetAsync(TeamRight right, Change change, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.SetTeamPermissionAsync(change, teamId, account.Id, right.Permission, cancellationToken), cancellationToken);

    public Task<WriteAnswer> RemoveAsync(Change change, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.RemoveTeamMemberAsync(change, teamId, account.Id, cancellationToken), cancellationToken);

    /// <summary>As people know the team.</summary>
    public string Name(TeamState state) => $"{NameAlone(state)} of {organization}";

    /// <summary>The same, where it has been said in which organization.</summary>
    public string NameAlone(TeamState state) => $"team {teamId}{(state.Team?.Name is { Length: > 0 } name ? $" ({name})" : "")}";

    /// <summary>As people know the account.</summary>
    public string Label(TeamState state)
        => state.Member?.Login is { Length: > 0 } login ? login : account.Hints.Count > 0 ? account.Hints[0] : $"account {account.Id}";

    /// <summary>Who is what, in words.</summary>
    public string Describe(TeamState state) => state.Team is null
        ? $"there is no team {teamId} in {organization}"
        : $"{Label(state)} is {Words(state.Right)} of {Name(state)}";

    public static string Words(TeamRight? right) => right == TeamRight.Admin ? "an administrator" : right == TeamRight.Member ? "a member" : "not a member";

    // The team first: it is not found when it is gone, while its list of members is empty then.
    private async Task<TeamState> ReadOnceAsync(CancellationToken cancellationToken)
    {
        if (await TeamDirectory.FindAsync(grafana, teamId, cancellationToken) is not { } team)
        {
            return TeamState.Gone;
        }

        var shown = 0L;
        await foreach (var member in grafana.StreamTeamMembersAsync(teamId, cancellationToken))
        {
            shown++;
            if (member.UserId == account.Id)
            {
                return new(team, member, shown);
            }
        }

        return new(team, null, shown);
    }
}
