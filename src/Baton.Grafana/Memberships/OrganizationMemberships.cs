using System.Globalization;
using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>The memberships of a token's own organization, which are all that it sees of an account.</summary>
internal sealed class OrganizationMemberships(GrafanaClient grafana, ServerBuild build, RetryPolicy retry) : IMemberships
{
    // Whoever was shown is not hidden: not to be shown any more then means not to be there. Lives as long as one change.
    private bool _wasShown;

    public bool SeesAllAccounts => false;

    // A server that hides its version is asked for what current ones have, and falls back.
    private bool MaySearch => build.Version is not { } version || version >= GrafanaVersion.MemberSearch;

    public async Task<Organization?> FindOrganizationAsync(long organizationId, CancellationToken cancellationToken)
    {
        var current = await retry.RunAsync(() => grafana.GetCurrentOrganizationAsync(cancellationToken), cancellationToken);
        return current.Id == organizationId
            ? Organization.Of(current)
            : throw new ConnectorException(
                StatusCode.InvalidArgument,
                $"{Prefix.Cloud}the token is one of {current} and cannot change organization {organizationId}");
    }

    public Task PauseAsync(CancellationToken cancellationToken) => retry.PauseAsync(cancellationToken);

    public async Task<MemberState> ReadAsync(long organizationId, AccountReference account, CancellationToken cancellationToken)
    {
        var row = await FindAsync(account, cancellationToken);
        _wasShown |= row is not null;
        return row is null
            ? new MemberState.NotAMember()
            : new MemberState.Member(row.Role ?? "", string.IsNullOrEmpty(row.Login) ? LabelOf(account) : row.Login) { IsExternallySynced = row.IsExternallySynced };
    }

    public Task<bool> IsExternallySyncedAsync(AccountReference account, MemberState.Member member, CancellationToken cancellationToken)
        => Task.FromResult(member.IsExternallySynced == true);

    public Task<OtherAdmins> FindOtherAdminsAsync(long organizationId, long accountId, CancellationToken cancellationToken)
        => retry.RunAsync(() => OtherAdminSearch.RunAsync(grafana.StreamCurrentMembersAsync(cancellationToken), accountId), cancellationToken);

    // Nothing lets a token ask whom Grafana takes a text for: whoever was added is looked at afterwards.
    public Task<string> AddressAsync(AccountReference account, CancellationToken cancellationToken)
        => account.Hints.Count > 0
            ? Task.FromResult(LeastAmbiguous(account.Hints))
            : throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{Prefix.Cloud}user {account.Id} is not a member of the token's organization, and neither login nor e-mail is known to add it by; invite the person first (create an account)");

    public Task<long?> WhoIsAsync(string address, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public string RemovalEffect(MemberState.Member member, string organization)
        => $"{member.Label} loses its teams and folder permissions in {organization}, and when that is its last organization (always so in a Grafana Cloud stack) Grafana deletes the account";

    public Task<WriteAnswer> AddAsync(Change change, long organizationId, string address, string role, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.AddMemberAsync(change, null, address, role, cancellationToken), cancellationToken);

    public Task<WriteAnswer> ChangeRoleAsync(Change change, long organizationId, long accountId, string role, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.ChangeRoleAsync(change, null, accountId, role, cancellationToken), cancellationToken);

    public Task<WriteAnswer> RemoveAsync(Change change, long organizationId, long accountId, CancellationToken cancellationToken)
        => retry.RunAsync(() => grafana.RemoveMemberAsync(change, null, accountId, cancellationToken), cancellationToken);

    /// <summary>The member's row, by what it is likely known by, else by reading them all; null when it is not among them.</summary>
    private async Task<GrafanaMember?> FindAsync(AccountReference account, CancellationToken cancellationToken)
    {
        foreach (var hint in account.Hints)
        {
            var found = await retry.RunAsync(() => SearchAsync(hint, account.Id, cancellationToken), cancellationToken);
            if (found is not null)
            {
                return found;
            }
        }

        // Nobody was found by what the platform remembers; the person may go by another name today.
        return await retry.RunAsync(() => WalkAsync(account.Id, cancellationToken), cancellationToken);
    }

    private async Task<GrafanaMember?> SearchAsync(string query, long accountId, CancellationToken cancellationToken)
    {
        if (MaySearch)
        {
            try
            {
                var page = await grafana.SearchCurrentMembersAsync(query, cancellationToken);
                return page.OrgUsers?.FirstOrDefault(member => member.UserId == accountId);
            }
            catch (ConnectorException absent) when (build.Version is null && absent.Code == StatusCode.FailedPrecondition)
            {
                // Before 8.0, as it turns out.
            }
        }

        await foreach (var member in grafana.StreamCurrentMembersAsync(query, cancellationToken))
        {
            if (member.UserId == accountId)
            {
                return member;
            }
        }

        return null;
    }

    private async Task<GrafanaMember?> WalkAsync(long accountId, CancellationToken cancellationToken)
    {
        for (var again = false; ; again = true)
        {
            var shown = 0L;
            await foreach (var member in grafana.StreamCurrentMembersAsync(cancellationToken))
            {
                shown++;
                if (member.UserId == accountId)
                {
                    return member;
                }
            }

            // Absent is a strong word: somebody hidden from the token is absent from its lists, and has access all the same.
            var counted = MaySearch && !_wasShown ? await CountAsync(cancellationToken) : shown;
            if (counted <= shown)
            {
                return null;
            }

            // One more may have been added between reading and counting, but not twice in a row.
            if (again)
            {
                throw new ConnectorException(
                    StatusCode.FailedPrecondition,
                    $"{Prefix.Cloud}Grafana counts {counted} members but shows the token {shown}: the rest are hidden from it ([users] hidden_users), user {accountId} perhaps among them; use a server administrator's credential for such accounts");
            }
        }
    }

    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await grafana.CountCurrentMembersAsync(cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code is StatusCode.NotFound && build.Version is null)
        {
            return 0;
        }
        catch (ConnectorException absent) when (absent.Code is StatusCode.NotFound)
        {
            throw GrafanaClient.NoListing(absent);
        }
    }

    // A login that looks like an address may be somebody else's address, which Grafana compares with first; one's own address is safe.
    private static string LeastAmbiguous(IReadOnlyList<string> hints)
        => hints[0].Contains('@', StringComparison.Ordinal) ? hints.Last(hint => hint.Contains('@', StringComparison.Ordinal)) : hints[0];

    private static string LabelOf(AccountReference account)
        => account.Hints.Count > 0 ? account.Hints[0] : $"account {account.Id.ToString(CultureInfo.InvariantCulture)}";
}
