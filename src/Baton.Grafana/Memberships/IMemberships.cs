using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Who belongs to an organization with which role, read afresh each time and changed one at a time: of all organizations as the server's
/// administrator, of its own with a token. Reads wait out what passes by itself.
/// </summary>
internal interface IMemberships
{
    /// <summary>Whether accounts outside the organization are seen, and removing a member leaves the account be.</summary>
    bool SeesAllAccounts { get; }

    /// <returns>The organization; null when there is none of that id.</returns>
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: it is not the token's organization.</exception>
    Task<Organization?> FindOrganizationAsync(long organizationId, CancellationToken cancellationToken);

    /// <summary>Lets a moment pass, in which what was written is seen everywhere.</summary>
    Task PauseAsync(CancellationToken cancellationToken);

    Task<MemberState> ReadAsync(long organizationId, AccountReference account, CancellationToken cancellationToken);

    /// <summary>Whether an identity provider decides on the member's role; false also when the server does not tell.</summary>
    Task<bool> IsExternallySyncedAsync(AccountReference account, MemberState.Member member, CancellationToken cancellationToken);

    Task<OtherAdmins> FindOtherAdminsAsync(long organizationId, long accountId, CancellationToken cancellationToken);

    /// <summary>A text that Grafana takes for this account and no other, to add it by.</summary>
    /// <exception cref="ConnectorException"><c>NotFound</c>: no such account. <c>FailedPrecondition</c>: Grafana would take another one.</exception>
    Task<string> AddressAsync(AccountReference account, CancellationToken cancellationToken);

    /// <summary>The account that Grafana takes a text for just now; null when it is none, or the credential cannot ask.</summary>
    Task<long?> WhoIsAsync(string address, CancellationToken cancellationToken);

    /// <summary>What is lost beside the membership when it is removed, in words.</summary>
    string RemovalEffect(MemberState.Member member, string organization);

    Task<WriteAnswer> AddAsync(Change change, long organizationId, string address, string role, CancellationToken cancellationToken);

    Task<WriteAnswer> ChangeRoleAsync(Change change, long organizationId, long accountId, string role, CancellationToken cancellationToken);

    Task<WriteAnswer> RemoveAsync(Change change, long organizationId, long accountId, CancellationToken cancellationToken);
}
