using Baton.Grafana.Api;
using Baton.Grafana.Directory;
using Baton.Grafana.Resources;
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
                    organization.Id, account, other.Role, $"{other.Label} is {other.Role} of {Name(organization)}, no longer {request.Role.Name}; left as it is");
            case MemberState.NotAMember:
                return Already(organization.Id, account, "", $"account {account.Id} is not a member of {Name(organization)}");
            default:
                return Already(organization.Id, account, "", $"Grafana has no account {account.Id}");
        }
    }

    private async Task<ChangeOutcome> RemoveAsync(
        Organization organization, OrganizationRole role, AccountReference account, MemberState.Member member, Change change, CancellationToken cancellationToken)
    {
        change.Checked($"{member.Label} (account {account.Id}) is {member.Role} of {Name(organization)}");
        var keeps = KeepsMembership(role);
        change.Affects(keeps ? $"{member.Label} stays a member of {Name(organization)} without a basic role" : memberships.RemovalEffect(member, Name(organization)));
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
        var after = await memberships.ReadAsync(organization.Id, account, cancellationToken);
        if (after is MemberState.Member still && still.Role == role.Name)
        {
            throw await ExplainAsync(organization, role, member, answer, change, cancellationToken);
        }

        return Revoked(organization, account, member, after, IsAccountDeleted(answer, after), isSynced);
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
                StatusCode.FailedPrecondition, $"grafana-connector: --token-revoke-mode=none needs Grafana 10.2, and this is {server}; use remove");
    }

    // With a token, Grafana says so; the server's administrator sees it.
    private static bool IsAccountDeleted(WriteAnswer answer, MemberState after)
        => after is MemberState.NoAccount || (answer.IsSuccess && answer.Message.Equals("User deleted", StringComparison.OrdinalIgnoreCase));

    private ChangeOutcome Revoked(
        Organization organization, AccountReference account, MemberState.Member before, MemberState after, bool isDeleted, bool isSynced)
    {
        var role = after is MemberState.Member now ? now.Role : "";
        var what = isDeleted ? $"Grafana deleted the account {before.Label}: {Name(organization)} was its last organization"
            : role.Length > 0 ? $"{before.Label} is {role} of {Name(organization)} (was {before.Role})"
            : $"{before.Label} is no longer a member of {Name(organization)} (was {before.Role})";
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
                $"grafana-connector: Grafana said \"{answer.Message}\", but read back, {member.Label} still is {role.Name} of {Name(organization)}; somebody or an identity provider restored it at the same time");
        }

        if (answer.IsUnknown)
        {
            return new(StatusCode.Unavailable, $"grafana-connector: {answer.Failure?.Message}; read back, the membership is unchanged", answer.Failure);
        }

        if (await memberships.FindOrganizationAsync(organization.Id, cancellationToken) is null)
        {
            return new(StatusCode.NotFound, $"grafana-connector: organization {organization.Id} was deleted meanwhile");
        }

        return LastAdmin.IsReasonOf(answer) ? LastAdmin.Refusal(organization, member, change) : WriteRefusal.Explain(answer, Name(organization), member.Label, role: null);
    }

    private static string Name(Organization organization) => $"organization {organization.Id} ({organization.Name})";

    [LoggerMessage(EventId = 2111, Level = LogLevel.Information, Message = "revocation verified")]
    private partial void LogVerified(long orgId, long userId, string verifiedRole, string grafanaVersion);
}
