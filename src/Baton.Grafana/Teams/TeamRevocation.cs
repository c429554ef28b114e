using Baton.Grafana.Memberships;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Teams;

/// <summary>Takes an account out of a team, or makes a plain member of its administrator. What it is afterwards is read back.</summary>
internal sealed class TeamRevocation(IMemberships memberships, TeamOutcomes outcomes)
{
    /// <exception cref="ConnectorException">It cannot be revoked; the membership is as the message says.</exception>
    public async Task<ChangeOutcome> RunAsync(TeamView view, TeamRight right, Change change, CancellationToken cancellationToken)
    {
        var before = await view.ReadAsync(cancellationToken);
        change.Checked(view.Describe(before));
        if (before.Team is null || (!before.Holds(right) && !before.MayHide))
        {
            await RequireVisibleAsync(view, before, cancellationToken);
            return outcomes.AlreadyRevoked(view, before);
        }

        TeamRefusal.RequireChangeable(view, before, change);
        Note(view, before, right, change);
        var answer = right == TeamRight.Member
            ? await view.RemoveAsync(change, cancellationToken)
            : await view.SetAsync(TeamRight.Member, change, cancellationToken);
        var after = await ReadBack.RunAsync(
            answer, () => view.ReadAsync(cancellationToken), state => !state.Holds(right), () => memberships.PauseAsync(cancellationToken));

        // Of somebody who is not shown, only Grafana's word is had.
        var isRevoked = before.Holds(right) ? !after.Holds(right) : answer.IsSuccess || answer.Status == 404;
        return !isRevoked ? throw TeamRefusal.Explain(view, after, answer)
            : answer.Status == 404 ? outcomes.AlreadyRevoked(view, after)
            : outcomes.Revoked(view, before, after);
    }

    private static void Note(TeamView view, TeamState before, TeamRight right, Change change)
    {
        if (right == TeamRight.Member && before.Right == TeamRight.Admin)
        {
            change.Affects($"{view.Label(before)} is no longer an administrator of {view.Name(before)} either");
        }

        if (before.Synchronization is { } source)
        {
            change.Affects($"team synchronization ({source}) may put {view.Label(before)} back at the next sign-in");
        }
    }

    // Who is hidden from a token is in none of its lists, and in the team all the same. The search for the member says so.
    private async Task RequireVisibleAsync(TeamView view, TeamState state, CancellationToken cancellationToken)
    {
        if (!memberships.SeesAllAccounts && state is { Team: not null, Member: null })
        {
            await memberships.ReadAsync(view.Organization.Id, view.Account, cancellationToken);
        }
    }
}
