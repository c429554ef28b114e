using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Teams;

/// <summary>Tells how a change of a team ended that did not fail: what was read back, to the platform, to people and to the log.</summary>
internal sealed partial class TeamOutcomes(ServerBuild server, TimeProvider time, ILogger logger)
{
    public ChangeOutcome Granted(TeamView view, TeamState state) => Done(view, state, null, view.Describe(state));

    public ChangeOutcome AlreadyGranted(TeamView view, TeamState state)
        => Done(view, state, Annotations.Of(new GrantAlreadyExists()), $"{view.Label(state)} is already {TeamView.Words(state.Right)} of {view.Name(state)}");

    public ChangeOutcome Revoked(TeamView view, TeamState before, TeamState after)
    {
        var restored = before.Synchronization is { } source ? $"; team synchronization ({source}) may restore it at the next sign-in" : "";
        return Done(view, after, null, $"{view.Label(before)} is {TeamView.Words(after.Right)} of {view.Name(after)} (was {TeamView.Words(before.Right)}){restored}");
    }

    public ChangeOutcome AlreadyRevoked(TeamView view, TeamState state) => Done(view, state, Annotations.Of(new GrantAlreadyRevoked()), view.Describe(state));

    /// <summary>There is no such team, nor its organization perhaps.</summary>
    public ChangeOutcome NoTeam(TeamRequest request, AccountReference account)
        => Done(request.OrganizationId ?? 0, request.TeamId, account.Id, "", Annotations.Of(new GrantAlreadyRevoked()), $"Grafana has no team {request.TeamId}");

    private ChangeOutcome Done(TeamView view, TeamState state, Any? annotation, string summary)
        => Done(view.Organization.Id, view.TeamId, view.Account.Id, state.Right?.Slug ?? "", annotation, summary);

    private ChangeOutcome Done(long organizationId, long teamId, long accountId, string right, Any? annotation, string summary)
    {
        var verified = new VerifiedState(right, time.GetUtcNow(), server);
        LogVerified(organizationId, teamId, accountId, right, server.Text);
        return new($"{summary}; {verified}") { Annotations = annotation is null ? [verified.Annotation] : [annotation, verified.Annotation] };
    }

    [LoggerMessage(EventId = 2421, Level = LogLevel.Information, Message = "team membership verified")]
    private partial void LogVerified(long orgId, long teamId, long userId, string verifiedRole, string grafanaVersion);
}
