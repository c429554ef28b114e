using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>Removes an account from a token's organization, which deletes it when that was its last one. A token can do no more.</summary>
internal sealed partial class MemberRemoval(IMemberships memberships, Organization organization, ServerBuild server, AccountPolicy policy, ILogger logger)
{
    /// <exception cref="ConnectorException">It cannot be done, or must not; the membership is what it was unless the message says so.</exception>
    public async Task<ChangeOutcome> RunAsync(long id, Change change, CancellationToken cancellationToken)
    {
        if (policy.Deprovisioning == Deprovisioning.Disable)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{Prefix.Cloud}a token cannot disable accounts (--deprovision=disable); that takes a server administrator's username and password");
        }

        var account = new AccountReference(id, []);
        if (await memberships.ReadAsync(organization.Id, account, cancellationToken) is not MemberState.Member member)
        {
            LogGone(id, organization.Id, "", server.Text);
            return new($"account {id} is not a member of {organization}") { Annotations = [Annotations.Of(new ResourceDoesNotExist())] };
        }

        var known = account with { Hints = [member.Label] };
        var gone = $"{member.Label} is no longer a member of {organization}";
        change.Checked($"{member.Label} (account {id}) is {member.Role} of {organization}");
        change.Affects(memberships.RemovalEffect(member, organization.ToString()));
        if (member.Role == OrganizationRole.Admin.Name)
        {
            await LastAdmin.RequireAnotherAsync(memberships, organization, id, member.Label, change, cancellationToken);
        }

        var answer = await memberships.RemoveAsync(change, organization.Id, id, cancellationToken);
        if (await ReadBack.RunAsync(memberships, organization, known, answer, state => state is not MemberState.Member, cancellationToken) is not MemberState.Member)
        {
            LogGone(id, organization.Id, answer.Message, server.Text);
            return new(answer switch
            {
                { IsSuccess: true } when answer.Message.Equals("User deleted", StringComparison.OrdinalIgnoreCase)
                    => $"account {id} ({member.Label}) is deleted; read back from {server}",
                { IsSuccess: true } => $"{gone}; the account itself stays, because it belongs to other organizations; read back from {server}",
                _ => $"{gone}; whether Grafana deleted the account with its last membership is not known; read back from {server}",
            });
        }

        throw answer switch
        {
            { IsSuccess: true } => new ConnectorException(StatusCode.Aborted, $"{Prefix.Cloud}Grafana said \"{answer.Message}\", but {member.Label} is still a member"),
            { IsUnknown: true } => new(StatusCode.Unavailable, $"{Prefix.Cloud}{answer.Failure?.Message}; {member.Label} is still a member", answer.Failure),
            _ when LastAdmin.IsReasonOf(answer) => LastAdmin.Refusal(organization, member, change),
            _ => WriteRefusal.Explain(answer, organization.ToString(), member.Label, role: null),
        };
    }

    [LoggerMessage(EventId = 2241, Level = LogLevel.Information, Message = "removal verified")]
    private partial void LogGone(long userId, long orgId, string answer, string grafanaVersion);
}
