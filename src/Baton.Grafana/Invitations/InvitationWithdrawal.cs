using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Organization = Baton.Grafana.Organizations.Organization;

namespace Baton.Grafana.Invitations;

/// <summary>
/// Withdraws a pending invitation. Grafana addresses it by its code, which is a secret and not kept: so it is looked up anew by its id,
/// and afterwards looked for again.
/// </summary>
internal sealed partial class InvitationWithdrawal(
    IOrganizationReach reach, ServerBuildProbe build, ChangeLocks locks, TimeProvider time, ILogger logger)
{
    /// <exception cref="ConnectorException">It cannot be withdrawn; the invitation is pending still unless the message says otherwise.</exception>
    public async Task<ChangeOutcome> RunAsync(long id, Change change, CancellationToken cancellationToken)
    {
        var (server, retry) = await build.OpenAsync(time, logger, cancellationToken);

        // An invitation is an account to be.
        return await locks.RunAsync(() => RunAsync(id, server, retry, change, cancellationToken), cancellationToken);
    }

    private async Task<ChangeOutcome> RunAsync(long id, ServerBuild server, RetryPolicy retry, Change change, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, retry, cancellationToken) is not { } found)
        {
            return new($"no organization that the credential belongs to has a pending invitation {id}; read back from {server}")
            {
                Annotations = [Annotations.Of(new ResourceDoesNotExist())],
            };
        }

        var label = $"invitation {id} ({found.Invite.Email}, {found.Invite.Role} of {found.Organization})";
        change.Checked($"{label} is pending");
        if (string.IsNullOrEmpty(found.Invite.Code))
        {
            throw new ConnectorException(StatusCode.Internal, $"{Prefix.Connector}Grafana does not tell what {label} is withdrawn by; withdraw it in Grafana");
        }

        change.Affects($"the link that {found.Invite.Email} was given stops working");
        var grafana = reach.In(found.Organization.Id);
        var answer = await retry.RunAsync(() => grafana.RevokeInviteAsync(change, found.Invite, cancellationToken), cancellationToken);
        var after = await ReadBack.RunAsync(
            answer, () => ReadAsync(grafana, id, retry, cancellationToken), found => found is null, () => retry.PauseAsync(cancellationToken));
        if (after is not null)
        {
            throw Explain(label, answer);
        }

        LogWithdrawn(id, found.Organization.Id, server.Text);
        return new(answer.Status == 404
            ? $"{label} was answered or withdrawn meanwhile; read back from {server}"
            : $"{label} is withdrawn; read back from {server}");
    }

    /// <summary>The pending invitation of an id; null when there is none where the credential may look.</summary>
    private async Task<FoundInvitation?> FindAsync(long id, RetryPolicy retry, CancellationToken cancellationToken)
    {
        ConnectorException? refused = null;
        foreach (var organization in await retry.RunAsync(() => reach.ListOwnAsync(cancellationToken), cancellationToken))
        {
            try
            {
                if (await ReadAsync(reach.In(organization.Id), id, retry, cancellationToken) is { } invite)
                {
                    return new(organization, invite);
                }
            }
            catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
            {
                refused ??= new(
                    StatusCode.PermissionDenied,
                    $"{Prefix.Connector}the invitations of {organization} cannot be read, so that it is not known whether invitation {id} is among them; the credential needs org.users:add (scope users:*): {forbidden.Message}",
                    forbidden);
            }
        }

        return refused is null ? null : throw refused;
    }

    private static async Task<GrafanaInvite?> ReadAsync(GrafanaClient grafana, long id, RetryPolicy retry, CancellationToken cancellationToken)
        => (await retry.RunAsync(() => grafana.ListInvitesAsync(cancellationToken), cancellationToken)).FirstOrDefault(invite => invite.Id == id);

    private static ConnectorException Explain(string label, WriteAnswer answer) => answer switch
    {
        { IsSuccess: true } => new(StatusCode.Aborted, $"{Prefix.Connector}Grafana said \"{answer.Message}\", but read back, {label} is pending still"),
        { IsUnknown: true } or { Status: 500 } => new(
            StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; read back, {label} is pending still", answer.Failure),
        { Status: 403 } => new(
            StatusCode.PermissionDenied,
            $"{Prefix.Connector}Grafana forbids it: {(answer.Message.Length > 0 ? answer.Message : "permission denied")}; the credential needs org.users:add (scope users:*)"),
        _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
    };

    [LoggerMessage(EventId = 2411, Level = LogLevel.Information, Message = "invitation withdrawal verified")]
    private partial void LogWithdrawn(long inviteId, long orgId, string grafanaVersion);

    private sealed record FoundInvitation(Organization Organization, GrafanaInvite Invite);
}
