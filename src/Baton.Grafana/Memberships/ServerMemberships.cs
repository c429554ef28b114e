using System.Globalization;
using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>The memberships of every organization, as the server's administrator.</summary>
internal sealed class ServerMemberships(GrafanaClient grafana, RetryPolicy retry) : IMemberships
{
    public bool SeesAllAccounts => true;

    public async Task<Organization?> FindOrganizationAsync(long organizationId, CancellationToken cancellationToken)
        => await FindAsync(() => grafana.GetOrganizationAsync(organizationId, cancellationToken), cancellationToken) is { } found
            ? Organization.Of(found)
            : null;

    public Task PauseAsync(CancellationToken cancellationToken) => retry.PauseAsync(cancellationToken);

    public async Task<MemberState> ReadAsync(long organizationId, AccountReference account, CancellationToken cancellationToken)
    {
        var memberships = await retry.RunAsync(() => grafana.GetUserOrganizationsAsync(account.Id, cancellationToken), cancellationToken);
        if (memberships.FirstOrDefault(membership => membership.OrgId == organizationId) is { } membership)
        {
            return new MemberState.Member(membership.Role ?? "", LabelOf(account)) { IsOnlyOrganization = memberships.Count == 1 };
        }

        // An account without organizations and an id that is none look alike in that list.
        return memberships.Count > 0 || await FindAccountAsync(account.Id, cancellationToken) is not null
            ? new MemberState.NotAMember()
            : new MemberState.NoAccount();
    }

    public async Task<bool> IsExternallySyncedAsync(AccountReference account, MemberState.Member member, CancellationToken cancellationToken)
        => (await FindAccountAsync(account.Id, cancellationToken))?.IsExternallySynced == true;

    public Task<OtherAdmins> FindOtherAdminsAsync(long organizationId, long accountId, CancellationToken cancellationToken)
        => retry.RunAsync(() => OtherAdminSearch.RunAsync(grafana.StreamMembersAsync(organizationId, cancellationToken), accountId), cancellationToken);

    // Grafana compares a text that holds an @ with addresses before logins. Where one account's login is another's address, adding by
    // that login would give the role to the other.
    public async Task<string> AddressAsync(AccountReference account, CancellationToken cancellationToken)
    {
        var profile = await FindAccountAsync(account.Id, cancellationToken)
            ?? throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}Grafana has no account {account.Id}");
        var candidates = new[] { profile.Login ?? "", profile.Email ?? "" }.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal);
        var isFound = false;
        foreach (var candidate in candidates)
        {
            var who = await WhoIsAsync(candidate, cancellationToken);
            if (who == account.Id)
            {
                return candidate;
            }

            isFound |= who is not null;
        }

        if (!isFound)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{Prefix.Connector}Grafana has account {account.Id} ({profile.Login}), but finds nobody by that login or by the address {profile.Email}, and takes new members by those alone; Grafana 11.0.0 fails so with capital letters: upgrade it, or write the login in small letters");
        }

        throw new ConnectorException(
            StatusCode.FailedPrecondition,
            $"{Prefix.Connector}Grafana takes the login and the address of account {account.Id} ({profile.Login}) for another account; give it a login that is nobody's address");
    }

    public async Task<long?> WhoIsAsync(string address, CancellationToken cancellationToken)
        => (await FindAsync(() => grafana.LookUpUserAsync(address, cancellationToken), cancellationToken))?.Id;

    public string RemovalEffect(MemberState.Member member, string organization)
        => member.IsOnlyOrganization == true
            ? $"{member.Label} is left without any organization (the account stays); its teams and folder permissions in {organization} go"
            : $"{member.Label} loses its teams and folder permissions in {organization}";

    public Task<WriteAnswer> AddAsync(Change change, long organizationId, string address, string role, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.AddMemberAsync(change, organizationId, address, role, cancellationToken), cancellationToken);

    public Task<WriteAnswer> ChangeRoleAsync(Change change, long organizationId, long accountId, string role, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.ChangeRoleAsync(change, organizationId, accountId, role, cancellationToken), cancellationToken);

    public Task<WriteAnswer> RemoveAsync(Change change, long organizationId, long accountId, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.RemoveMemberAsync(change, organizationId, accountId, cancellationToken), cancellationToken);

    private Task<GrafanaProfile?> FindAccountAsync(long id, CancellationToken cancellationToken)
        => FindAsync(() => grafana.GetUserAsync(id, cancellationToken), cancellationToken);

    private async Task<T?> FindAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await retry.RunAsync(read, cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static string LabelOf(AccountReference account)
        => account.Hints.Count > 0 ? account.Hints[0] : $"account {account.Id.ToString(CultureInfo.InvariantCulture)}";
}
