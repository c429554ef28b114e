using Baton.Grafana.Accounts;
using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Gives an account a role in an organization. A member's role is changed in place: removing and adding again would take the account's
/// teams and permissions, and everything if it went wrong in between. What the account is afterwards is read back.
/// </summary>
internal sealed partial class RoleGrant(IMemberships memberships, ServerBuild server, TimeProvider time, ILogger logger)
{
    // Somebody else changes the same membership: once is chance, three times is a fight that we do not win.
    private const int Attempts = 3;

    /// <summary>What the membership must be when it is changed; null when anything will do.</summary>
    public ExpectedRole? OnlyFrom { get; init; }

    /// <exception cref="ConnectorException">It cannot be granted; the membership is what it was, or as the message says.</exception>
    public async Task<ChangeOutcome> RunAsync(RoleRequest request, AccountReference account, Change change, CancellationToken cancellationToken)
    {
        RequireRole(request.Role);
        var organization = await memberships.FindOrganizationAsync(request.OrganizationId, cancellationToken)
            ?? throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}Grafana has no organization {request.OrganizationId}");
        var before = await memberships.ReadAsync(organization.Id, account, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            Note(before, organization, account, change);
            if (before is MemberState.NoAccount)
            {
                throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}Grafana has no account {account.Id}");
            }

            if (before is MemberState.Member same && same.Role == request.Role.Name)
            {
                return Done(organization, account, request.Role, change.Requests.Count == 0 ? Annotations.Of(new GrantAlreadyExists()) : null, $"{same.Label} is already {request.Role.Name} of {organization}");
            }

            if (OnlyFrom is { } expected && expected.Name != before.RoleName)
            {
                throw new RoleConflictException(before.RoleName);
            }

            var write = before is MemberState.Member member
                ? await ChangeAsync(organization, account, member, request.Role, change, cancellationToken)
                : await AddAsync(organization, account, request.Role, change, cancellationToken);
            var after = await ReadBack.RunAsync(
                memberships, organization, account, write.Answer, state => state.RoleName == request.Role.Name, cancellationToken);
            if (after is MemberState.Member now && now.Role == request.Role.Name)
            {
                return Granted(organization, account, before, now, request.Role);
            }

            if (attempt == Attempts || !IsOvertaken(before, after, write.Answer))
            {
                throw await ExplainAsync(organization, account, before, after, request.Role, write, change, cancellationToken);
            }

            before = after;
        }
    }

    private void RequireRole(OrganizationRole role)
    {
        if (role == OrganizationRole.None && server.Version is { } version && version < GrafanaVersion.RoleNone)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Connector}{server} has no role None; it came with 10.2");
        }
    }

    private async Task<Write> ChangeAsync(
        Organization organization, AccountReference account, MemberState.Member member, OrganizationRole role, Change change, CancellationToken cancellationToken)
    {
        if (member.Role == OrganizationRole.Admin.Name)
        {
            change.Affects($"{member.Label} is no longer Admin of {organization}");
            await LastAdmin.RequireAnotherAsync(memberships, organization, account.Id, member.Label, change, cancellationToken);
        }

        return new(await memberships.ChangeRoleAsync(change, organization.Id, account.Id, role.Name, cancellationToken));
    }

    private async Task<Write> AddAsync(
        Organization organization, AccountReference account, OrganizationRole role, Change change, CancellationToken cancellationToken)
    {
        var address = await memberships.AddressAsync(account, cancellationToken);
        var answer = await memberships.AddAsync(change, organization.Id, address, role.Name, cancellationToken);
        return answer is { IsSuccess: true, UserId: { } added } && added != account.Id
            ? throw await MistakenAddition.UndoAsync(memberships, organization, account, address, added, change, cancellationToken)
            : new(answer, address);
    }

    /// <summary>
    /// Somebody else's change came in between, and the state that it left is one to start from again. Who sees all accounts knows the
    /// present login, so that "no such login" and "that one is a member" mean that it was another a moment ago.
    /// </summary>
    private bool IsOvertaken(MemberState before, MemberState after, WriteAnswer answer)
        => after is not MemberState.NoAccount
            && !answer.IsSuccess
            && (after.RoleName != before.RoleName || (answer.Status is 404 or 409 && memberships.SeesAllAccounts));

    private static void Note(MemberState state, Organization organization, AccountReference account, Change change) => change.Checked(state switch
    {
        MemberState.Member member => $"{member.Label} (account {account.Id}) is {member.Role} of {organization}",
        MemberState.NotAMember => $"account {account.Id} is not a member of {organization}",
        _ => $"Grafana has no account {account.Id}",
    });

    private ChangeOutcome Granted(Organization organization, AccountReference account, MemberState before, MemberState.Member now, OrganizationRole role)
    {
        if (before is not MemberState.Member member || OrganizationRole.Find(member.Role) is not { } old)
        {
            return Done(organization, account, role, null, $"{now.Label} is {role.Name} of {organization}");
        }

        var replaced = Ids.Grant(
            Ids.Entitlement(OrganizationSyncer.IdOf(organization.Id), old.Name), AccountResource.IdOf(account.Id));
        return Done(
            organization,
            account,
            role,
            Annotations.Of(new GrantReplaced { ReplacedGrantId = replaced }),
            $"{now.Label} is {role.Name} of {organization} (was {old.Name})");
    }

    private ChangeOutcome Done(
        Organization organization, AccountReference account, OrganizationRole role, Google.Protobuf.WellKnownTypes.Any? annotation, string summary)
    {
        var verified = new VerifiedState(role.Name, time.GetUtcNow(), server);
        LogVerified(organization.Id, account.Id, role.Name, server.Text);
        return new($"{summary}; {verified}") { Annotations = annotation is null ? [verified.Annotation] : [annotation, verified.Annotation] };
    }

    private async Task<ConnectorException> ExplainAsync(
        Organization organization,
        AccountReference account,
        MemberState before,
        MemberState after,
        OrganizationRole role,
        Write write,
        Change change,
        CancellationToken cancellationToken)
    {
        var (answer, address) = write;
        var label = (before as MemberState.Member ?? after as MemberState.Member)?.Label ?? $"account {account.Id}";
        if (after is MemberState.NoAccount)
        {
            return new(StatusCode.NotFound, $"{Prefix.Connector}account {account.Id} was deleted meanwhile");
        }

        // Before Grafana 8 it does not say whom it added.
        if (answer is { IsSuccess: true, UserId: null } && address is not null && after is MemberState.NotAMember
            && await memberships.WhoIsAsync(address, cancellationToken) is { } other && other != account.Id)
        {
            return await MistakenAddition.UndoAsync(memberships, organization, account, address, other, change, cancellationToken);
        }

        if (answer.IsSuccess || after.RoleName != before.RoleName || (answer.Status == 409 && answer.UserId == account.Id))
        {
            return Overtaken(organization, label, after, write);
        }

        if (answer.IsUnknown)
        {
            return new(StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}; read back, the membership is unchanged", answer.Failure);
        }

        if (await memberships.FindOrganizationAsync(organization.Id, cancellationToken) is null)
        {
            return new(StatusCode.NotFound, $"{Prefix.Connector}organization {organization.Id} was deleted meanwhile");
        }

        return answer.Status switch
        {
            404 when !memberships.SeesAllAccounts => new(
                StatusCode.FailedPrecondition,
                $"{Prefix.Cloud}Grafana has no account '{address}', as which we know user {account.Id}; invite the person first (create an account)"),
            409 => new(
                StatusCode.FailedPrecondition,
                $"{Prefix.Connector}Grafana takes '{address}' for {(answer.UserId is { } meant ? $"account {meant}" : "another account")}, a member already, and not for {account.Id}; sync again, so that the account's present login is known"),
            _ when before is MemberState.Member was && LastAdmin.IsReasonOf(answer) => LastAdmin.Refusal(organization, was, change),
            _ => WriteRefusal.Explain(answer, organization.ToString(), label, role.Name),
        };
    }

    private static ConnectorException Overtaken(Organization organization, string label, MemberState after, Write write)
    {
        var said = write.Answer.IsSuccess ? $"Grafana said \"{write.Answer.Message}\"" : write.Answer.Failure?.Message;
        var now = after.RoleName is { } role ? $"is {role}" : "is not a member";
        var mistaken = write.Answer.IsSuccess && write.Address is not null && after.RoleName is null
            ? $"; Grafana may have taken '{write.Address}' for another account, so look at the organization's members" : "";
        return new(
            StatusCode.Aborted,
            $"{Prefix.Connector}{said}, but read back, {label} {now} of {organization}; somebody or an identity provider changes it at the same time{mistaken}. Grant it again when that is settled");
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "role verified")]
    private partial void LogVerified(long orgId, long userId, string verifiedRole, string grafanaVersion);

    /// <param name="Name">In Grafana's words; null for no membership.</param>
    public sealed record ExpectedRole(string? Name);

    /// <summary>A request that was to change a membership.</summary>
    /// <param name="Answer">What came of it.</param>
    /// <param name="Address">By which text somebody was to be added; null when a member was changed.</param>
    private sealed record Write(WriteAnswer Answer, string? Address = null);
}
