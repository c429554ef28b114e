using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>
/// Makes an account a member or an administrator of a team. An administrator is made in two steps, of which the first alone does no
/// harm: a repetition goes on from there. What the account is afterwards is read back.
/// </summary>
internal sealed class TeamGrant(IMemberships memberships, TeamOutcomes outcomes)
{
    // Two are needed at most; more are when somebody else changes the same membership.
    private const int Requests = 4;

    /// <exception cref="ConnectorException">It cannot be granted; the membership is as the message says.</exception>
    public async Task<ChangeOutcome> RunAsync(TeamView view, TeamRight right, Change change, CancellationToken cancellationToken)
    {
        var state = await view.ReadAsync(cancellationToken);
        change.Checked(view.Describe(state));
        var hadEffect = false;
        for (var sent = 0; ; sent++)
        {
            if (state.Team is null)
            {
                throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}{view.Describe(state)}");
            }

            if (state.Holds(right))
            {
                return hadEffect ? outcomes.Granted(view, state) : outcomes.AlreadyGranted(view, state);
            }

            if (sent == 0)
            {
                TeamRefusal.RequireChangeable(view, state, change);
                await RequireMemberAsync(view, state, change, cancellationToken);
            }

            var before = state;
            var answer = await WriteAsync(view, state, right, change, cancellationToken);
            hadEffect |= answer.IsSuccess || answer.IsUnknown;
            var after = await ReadBack.RunAsync(
                answer, () => view.ReadAsync(cancellationToken), now => now.Right != before.Right, () => memberships.PauseAsync(cancellationToken));
            if (after.Team is not null && !after.Holds(right) && (after.Right == state.Right || sent + 1 == Requests))
            {
                throw await ExplainAsync(view, after, answer, change, cancellationToken);
            }

            state = after;
        }
    }

    private static Task<WriteAnswer> WriteAsync(TeamView view, TeamState state, TeamRight right, Change change, CancellationToken cancellationToken)
    {
        if (state.Member is not null)
        {
            return view.SetAsync(right, change, cancellationToken);
        }

        if (right == TeamRight.Admin)
        {
            change.Announce(GrafanaClient.PromotionInTeam(view.TeamId, view.Account.Id));
        }

        return view.AddAsync(change, cancellationToken);
    }

    /// <summary>
    /// Grafana 6.5 takes anybody into a team, whom it then hides; later ones answer with a 500.
    /// </summary>
    private async Task RequireMemberAsync(TeamView view, TeamState state, Change change, CancellationToken cancellationToken)
    {
        switch (await memberships.ReadAsync(view.Organization.Id, view.Account, cancellationToken))
        {
            case MemberState.Member member:
                change.Checked($"{member.Label} is {member.Role} of {view.Organization}");
                break;
            case MemberState.NotAMember:
                throw change.Refuse(
                    $"{Prefix.Connector}{view.Label(state)} is not a member of {view.Organization}, and {view.NameAlone(state)} takes members of its organization only", "Grant a role there first");
            default:
                throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}Grafana has no account {view.Account.Id}");
        }
    }

    private async Task<ConnectorException> ExplainAsync(
        TeamView view, TeamState state, WriteAnswer answer, Change change, CancellationToken cancellationToken)
    {
        if (answer.Status == 500)
        {
            await RequireMemberAsync(view, state, change, cancellationToken);
        }

        return TeamRefusal.Explain(view, state, answer);
    }
}
