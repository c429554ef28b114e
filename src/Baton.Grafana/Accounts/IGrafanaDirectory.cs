using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>
/// Who there is in Grafana, as far as the credential reaches: the whole server for a server administrator, one organization for a
/// token. Listings come in slices of at most a thousand; they fail rather than leave somebody out.
/// </summary>
internal interface IGrafanaDirectory
{
    /// <summary>The server's version, known after <see cref="ValidateAsync"/>; null when the server hides it.</summary>
    GrafanaVersion? Version { get; }

    Task ValidateAsync(CancellationToken cancellationToken);

    IAsyncEnumerable<IReadOnlyList<Account>> ListAccountsAsync(ISyncContext sync, CancellationToken cancellationToken);

    /// <summary>One account; null when there is none of that id.</summary>
    Task<Account?> FindAccountAsync(long id, CancellationToken cancellationToken);

    IAsyncEnumerable<IReadOnlyList<Organization>> ListOrganizationsAsync(ISyncContext sync, CancellationToken cancellationToken);

    /// <summary>One organization; null when there is none of that id, or the credential does not reach it.</summary>
    Task<Organization?> FindOrganizationAsync(long id, CancellationToken cancellationToken);

    /// <exception cref="ConnectorException"><c>NotFound</c>: the organization is gone.</exception>
    IAsyncEnumerable<IReadOnlyList<Membership>> ListMembershipsAsync(Organization organization, ISyncContext sync, CancellationToken cancellationToken);
}
