using System.Globalization;
using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Accounts;

/// <summary>
/// Brings a person into a token's organization: by an invitation, or, when the person has an account on the server, at once. Grafana
/// keeps every invitation, so a pending one is not sent again.
/// </summary>
internal sealed partial class MemberInvitation(
    GrafanaClient grafana, ServerBuild server, AccountPolicy policy, RetryPolicy retry, TimeProvider time, ILogger logger)
{
    private const string AlreadyAdded = "already added";

    private readonly InvitationNotice _notice = new(grafana.Instance, server, time);

    /// <exception cref="ConnectorException">The person cannot be invited; there is no new invitation unless the message says so.</exception>
    public async Task<AccountOutcome> RunAsync(AccountDetails details, Change change, CancellationToken cancellationToken)
    {
        var organization = await retry.RunAsync(() => grafana.GetCurrentOrganizationAsync(cancellationToken), cancellationToken);
        if (details.OrganizationId is { } wanted && wanted != organization.Id)
        {
            throw new ConnectorException(
                StatusCode.InvalidArgument,
                $"{Prefix.Cloud}invalid organization ID: the token is one of {organization} and cannot invite into organization {wanted}");
        }

        if (await FindMemberAsync(details.Email, member => IsSame(member.Email, details.Email), cancellationToken) is { } member)
        {
            return Existing(member);
        }

        var earlier = await FindInvitesAsync(details.Email, cancellationToken);
        if (earlier.Count > 0)
        {
            change.Checked($"{details.Email} has been invited already");
            return Pending(details, organization, earlier[0], "was invited before, and the invitation is pending");
        }

        policy.RequireDefaultRole(server);
        change.Checked($"{details.Email} is not a member of {organization} and has no pending invitation");
        if (change.IsDryRun && policy.InviteByMail)
        {
            await new ServerRules(grafana, retry).CheckMailAsync(change, cancellationToken);
        }

        var answer = await retry.RunAsync(
            () => grafana.InviteAsync(change, details.Email, details.FullName, policy.DefaultRole.Name, policy.InviteByMail, cancellationToken), cancellationToken);
        return await DescribeAsync(details, organization, answer, change, cancellationToken);
    }

    private async Task<AccountOutcome> DescribeAsync(
        AccountDetails details, GrafanaOrganization organization, WriteAnswer answer, Change change, CancellationToken cancellationToken)
    {
        // Whatever Grafana answered, what there is now says what happened.
        if (await ReadBack.RunAsync(answer, () => FindAddedAsync(details.Email, answer, cancellationToken)) is { } member)
        {
            return answer.Status == 412
                ? Existing(member)
                : new AccountOutcome.Created(
                    $"{member.Login} had an account already and is {member.Role} of {organization} at once; {Source()}",
                    AccountResource.Make(Account.Of(member), time.GetUtcNow()));
        }

        var invites = await ReadBack.RunAsync(answer, () => FindInvitesAsync(details.Email, cancellationToken));
        if (invites is [var invite, ..])
        {
            if (answer.Status == 412)
            {
                throw await WithdrawAsync(details, invite, change, cancellationToken);
            }

            LogInvited(invite.Id, policy.DefaultRole.Name, server.Text);
            return Pending(details, organization, invite, answer switch
            {
                { IsSuccess: true } => "was invited",
                { IsUnknown: true } => "was invited, although Grafana's answer was lost",
                _ => $"was invited, but Grafana says: {answer.Message}",
            });
        }

        throw Explain(details, organization, answer);
    }

    private ConnectorException Explain(AccountDetails details, GrafanaOrganization organization, WriteAnswer answer)
        => answer switch
        {
            { IsSuccess: true } => new ConnectorException(
                StatusCode.Aborted, $"{Prefix.Cloud}Grafana said \"{answer.Message}\", but read back there is neither a member nor an invitation for {details.Email}"),
            { IsUnknown: true } => new(
                StatusCode.Unavailable, $"{Prefix.Cloud}{answer.Failure?.Message}; read back, {details.Email} is not invited", answer.Failure),
            { Status: 400 } when Says(answer, "login is disabled") => new(
                StatusCode.FailedPrecondition,
                $"{Prefix.Cloud}Grafana's login form is disabled ([auth] disable_login_form), so only people who have an account can be added, and {details.Email} has none. Provision the account by SCIM or let the person sign in through the identity provider once, or enable the form"),
            { Status: 412 } when Says(answer, AlreadyAdded) => new(
                StatusCode.AlreadyExists,
                $"{Prefix.Cloud}Grafana says \"{answer.Message}\", but does not show the token that member ([users] hidden_users); leave the account as it is, or use a server administrator's credential for it"),
            { Status: 412 } => new(StatusCode.FailedPrecondition, $"{Prefix.Cloud}{answer.Message}"),
            { Status: 403 } when Says(answer, "quota") => new(
                StatusCode.ResourceExhausted, $"{Prefix.Cloud}{organization} is full: {answer.Message}; raise the quota in Grafana"),
            { Status: 403 } => new(
                StatusCode.PermissionDenied,
                $"{Prefix.Cloud}Grafana forbids the invitation: {answer.Message}; the service account needs org.users:add (scope users:*) and at least the role {policy.DefaultRole.Name}"),
            _ => new(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Cloud}{answer.Failure?.Message ?? answer.Message}", answer.Failure),
        };

    // Grafana keeps the invitation although it could not send it. Left behind, it would pass for sent the next time.
    private async Task<ConnectorException> WithdrawAsync(AccountDetails details, GrafanaInvite invite, Change change, CancellationToken cancellationToken)
    {
        var answer = await retry.RunAsync(() => grafana.RevokeInviteAsync(change, invite, cancellationToken), cancellationToken);
        var rest = answer.IsSuccess ? "The invitation was withdrawn again" : $"Withdraw invitation {invite.Id} in Grafana: it could not be done here";
        return new(
            StatusCode.FailedPrecondition,
            $"{Prefix.Cloud}Grafana cannot send mail ([smtp] is not configured), so {details.Email} was not told. {rest}. Configure mail, or set --invite-by-mail=false and hand the link over that Grafana shows under Administration > Users");
    }

    private AccountOutcome.AlreadyExists Existing(GrafanaMember member)
        => new($"{member.Login} is a member already, as {member.Role}; {Source()}", AccountResource.Make(Account.Of(member), time.GetUtcNow()));

    private AccountOutcome.ActionRequired Pending(AccountDetails details, GrafanaOrganization organization, GrafanaInvite invite, string what)
        => new(_notice.Of(invite, organization, details.Email, what));

    private string Source() => $"read back at {time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} from {server}";

    // An address can be the login of somebody else. Grafana goes by the login only when nobody has the address, so we do only once it did.
    private async Task<GrafanaMember?> FindAddedAsync(string email, WriteAnswer answer, CancellationToken cancellationToken)
        => answer.UserId is { } id ? await FindMemberAsync(email, member => member.UserId == id, cancellationToken)
            : await FindMemberAsync(email, member => IsSame(member.Email, email), cancellationToken) is { } member ? member
            : Says(answer, AlreadyAdded) || (answer.IsSuccess && Says(answer, "existing grafana user")) ? await FindMemberAsync(email, member => IsSame(member.Login, email), cancellationToken)
            : null;

    private Task<GrafanaMember?> FindMemberAsync(string email, Func<GrafanaMember, bool> isMeant, CancellationToken cancellationToken)
        => retry.RunAsync(() => SearchAsync(email, isMeant, cancellationToken), cancellationToken);

    private async Task<GrafanaMember?> SearchAsync(string email, Func<GrafanaMember, bool> isMeant, CancellationToken cancellationToken)
    {
        await foreach (var member in grafana.StreamCurrentMembersAsync(email, cancellationToken))
        {
            if (isMeant(member))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>The pending invitations of an address, the newest first.</summary>
    private async Task<IReadOnlyList<GrafanaInvite>> FindInvitesAsync(string email, CancellationToken cancellationToken)
        => [.. (await retry.RunAsync(() => grafana.ListInvitesAsync(cancellationToken), cancellationToken))
            .Where(invite => IsSame(invite.Email, email))
            .OrderByDescending(invite => invite.Id)];

    private static bool IsSame(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool Says(WriteAnswer answer, string words) => answer.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(EventId = 2211, Level = LogLevel.Information, Message = "person invited")]
    private partial void LogInvited(long inviteId, string role, string grafanaVersion);
}
