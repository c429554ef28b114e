using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>Why the members of a team cannot be changed, once the state has been looked at and does not explain it.</summary>
internal static class TeamRefusal
{
    private const string AtTheSource = "Change the group at the identity provider instead";

    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: only SCIM changes the team's members.</exception>
    public static void RequireChangeable(TeamView view, TeamState state, Change change)
    {
        if (state.Team?.IsProvisioned == true)
        {
            throw change.Refuse($"{Prefix.Connector}{view.Name(state)} is provisioned (SCIM), and Grafana lets nobody else change its members", AtTheSource);
        }
    }

    public static bool SaysAlready(WriteAnswer answer)
        => answer.Status == 400 && answer.Message.Contains("already", StringComparison.OrdinalIgnoreCase);

    /// <param name="view">What was to be changed.</param>
    /// <param name="state">What it is, after the request as before.</param>
    /// <param name="answer">What came of the request.</param>
    public static ConnectorException Explain(TeamView view, TeamState state, WriteAnswer answer) => answer switch
    {
        { IsSuccess: true } => new(
            StatusCode.Aborted,
            $"{Prefix.Connector}Grafana said \"{answer.Message}\", but read back, {view.Describe(state)}; somebody or a team synchronization changes it at the same time"),
        { IsUnknown: true } => new(
            StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; read back, {view.Describe(state)}", answer.Failure),
        { Status: 400 } when answer.Message.Contains("provisioned", StringComparison.OrdinalIgnoreCase) => new(
            StatusCode.FailedPrecondition, $"{Prefix.Connector}{view.Name(state)} is provisioned: {answer.Message}. {AtTheSource}"),
        { Status: 400 } when SaysAlready(answer) => new(
            StatusCode.FailedPrecondition,
            $"{Prefix.Connector}Grafana says \"{answer.Message}\" of {view.Name(state)}, but does not show {view.Label(state)} there; the credential needs org.users:read (scope users:*)"),
        { Status: 400 } when state.Synchronization is { } source => new(
            StatusCode.FailedPrecondition,
            $"{Prefix.Connector}{view.Label(state)} is in {view.Name(state)} by team synchronization ({source}), and Grafana refuses: {answer.Message}. {AtTheSource}"),
        { Status: 403 } => new(
            StatusCode.PermissionDenied,
            $"{Prefix.Connector}Grafana forbids it: {(answer.Message.Length > 0 ? answer.Message : "permission denied")}; the credential needs teams.permissions:read and teams.permissions:write (scope teams:*), or the role Admin"),
        { Status: 404 } => new(StatusCode.NotFound, $"{Prefix.Connector}{answer.Message}; read back, {view.Describe(state)}"),

        // The team and the account are there, and nothing changed: it may work later.
        { Status: 500 } => new(StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; read back, {view.Describe(state)}", answer.Failure),
        _ => new(answer.Failure?.Code ?? StatusCode.Unknown, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
    };
}
