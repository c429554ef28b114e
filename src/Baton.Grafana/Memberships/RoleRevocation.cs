using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Takes a role from an account, when it still is the one the account has: a grant that was replaced since is none any more, and what
/// replaced it stays.
/// </summary>
internal sealed partial class RoleRevocation(
    IMemberships memberships, ServerBuild server, TokenRevokeMode mode, TimeProvider time, ILogger logger)
{
    /// <exception cref="ConnectorException">It cannot be revoked; the membership is what it was, or as the message says.</exception>
    public async Task<ChangeOutcome> RunAsync(RoleRequest request, AccountReference account, Change change, CancellationToken cancellationToken)
    {
        if (await memberships.FindOrganizationAsync(request.OrganizationId, cancellationToken) is not { } organization)
        {
            return Already(request.OrganizationId, account, "", $"Grafana has no organization {request.OrganizationId}");
        }

        switch (await memberships.ReadAsync(organization.Id, account, cancellationToken))
        {
            case MemberState.Member member when member.Role == request.Role.Name:
                return await RemoveAsync(organization, request.Role, account, member, change, cancellationToken);
            case MemberState.Member other:
                return Already(
                    organization.Id, account, other.Role, $"{other.Label} is {other.Role} of {organization}, no longer {request.Role.Name}; left as it is");
            case MemberState.NotAMember:
                return Already(organization.Id, account, "", $"account {account.Id} is not a member of {organization}");
            default:
                return Already(organization.Id, account, "", $"Grafana has no account {account.Id}");
        }
    }

    private async Task<ChangeOutcome> RemoveAsync(
        Organization organization, OrganizationRole role, AccountReference account, MemberState.Member member, Change change, CancellationToken cancellationToken)
    {
        change.Checked($"{member.Label} (account {account.Id}) is {member.Role} of {organization}");
        var keeps = KeepsMembership(role);
        change.Affects(keeps ? $"{member.Label} stays a member of {organization} without a basic role" : memberships.RemovalEffect(member, organization.ToString()));
        if (role == OrganizationRole.Admin)
        {
            await LastAdmin.RequireAnotherAsync(memberships, organization, account.Id, member.Label, change, cancellationToken);
        }

        var isSynced = await memberships.IsExternallySyncedAsync(account, member, cancellationToken);
        if (isSynced)
        {
            change.Affects($"the identity provider of {member.Label} may restore the membership at the next sign-in");
        }

        var answer = keeps
            ? await memberships.ChangeRoleAsync(change, organization.Id, account.Id, OrganizationRole.None.Name, cancellationToken)
            : await memberships.RemoveAsync(change, organization.Id, account.Id, cancellationToken);
        var after = await ReadBack.RunAsync(memberships, organization, account, answer, state => state.RoleName != role.Name, cancellationToken);
        if (after is MemberState.Member still && still.Role == role.Name)
        {
            throw await ExplainAsync(organization, role, member, answer, change, cancellationToken);
        }

        // An administrator's removal deletes nobody.
        return after is MemberState.NoAccount
            ? Already(organization.Id, account, "", $"the account {member.Label} was deleted meanwhile")
            : Revoked(organization, account, member, after, answer, isSynced);
    }

    private bool KeepsMembership(OrganizationRole role)
    {
        if (mode != TokenRevokeMode.None || role == OrganizationRole.None)
        {
            return false;
        }

        return server.Version is not { } version || version >= GrafanaVersion.RoleNone
            ? true
            : throw new ConnectorException(
                StatusCode.FailedPrecondition, $"{Prefix.Connector}--token-revoke-mode=none needs Grafana 10.2, and this is {server}; use remove");
    }

    private ChangeOutcome Revoked(
        Organization organization, AccountReference account, MemberState.Member before, MemberState after, WriteAnswer answer, bool isSynced)
    {
        var role = after.RoleName ?? "";
        var isDeleted = answer.IsSuccess && answer.Message.Equals("User deleted", StringComparison.OrdinalIgnoreCase);
        var what = isDeleted ? $"Grafana deleted the account {before.Label}: {organization} was its last organization"
            : role.Length > 0 ? $"{before.Label} is {role} of {organization} (was {before.Role})"
            : $"{before.Label} is no longer a member of {organization} (was {before.Role})";
        if (!answer.IsSuccess && role.Length == 0 && !memberships.SeesAllAccounts)
        {
            what += "; Grafana's answer was lost, so that it is not known whether it deleted the account with its last organization";
        }

        if (isSynced)
        {
            what += "; its identity provider may restore the membership at the next sign-in";
        }

        return Done(
            organization.Id,
            account,
            role,
            isDeleted ? Annotations.Of(new ResourceDeleted { ResourceId = Ids.Resource(UserSyncer.TypeId, $"{account.Id}") }) : null,
            what);
    }

    private ChangeOutcome Already(long organizationId, AccountReference account, string role, string summary)
        => Done(organizationId, account, role, Annotations.Of(new GrantAlreadyRevoked()), summary);

    private ChangeOutcome Done(long organizationId, AccountReference account, string role, Any? annotation, string summary)
    {
        var verified = new VerifiedState(role, time.GetUtcNow(), server);
        LogVerified(organizationId, account.Id, role, server.Text);
        return new($"{summary}; {verified}") { Annotations = annotation is null ? [verified.Annotation] : [annotation, verified.Annotation] };
    }

    private async Task<ConnectorException> ExplainAsync(
        Organization organization, OrganizationRole role, MemberState.Member member, WriteAnswer answer, Change change, CancellationToken cancellationToken)
    {
        if (answer.IsSuccess)
        {
            return new(
                StatusCode.Aborted,
                $"{Prefix.Connector}Grafana said \"{answer.Message}\", but read back, {member.Label} still is {role.Name} of {organization}; somebody or an identity provider restored it at the same time");
        }

        if (answer.IsUnknown)
        {
            return new(StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; read back, the membership is unchanged", answer.Failure);
        }

        if (await memberships.FindOrganizationAsync(organization.Id, cancellationToken) is null)
        {
            return new(StatusCode.NotFound, $"{Prefix.Connector}organization {organization.Id} was deleted meanwhile");
        }

        return LastAdmin.IsReasonOf(answer) ? LastAdmin.Refusal(organization, member, change) : WriteRefusal.Explain(answer, organization.ToString(), member.Label, role: null);
    }

    [LoggerMessage(EventId = 2111, Level = LogLevel.Information, Message = "revocation verified")]
    private partial void LogVerified(long orgId, long userId, string verifiedRole, string grafanaVersion);
}
