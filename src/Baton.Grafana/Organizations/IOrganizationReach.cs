using Baton.Grafana.Api;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Organizations;

/// <summary>
/// Which organizations the credential can look into. Teams, service accounts and invitations belong to an organization, and no listing
/// of Grafana's goes across them.
/// </summary>
internal interface IOrganizationReach
{
    /// <summary>
    /// Every organization in which the credential may do what a listing needs. Of the others it warns, once a listing: their rows would
    /// otherwise look as if there were none.
    /// </summary>
    /// <param name="needs">What the listing needs.</param>
    /// <param name="sync">The sync that it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>None, with a warning, where it may in none and nobody misses the types.</returns>
    /// <exception cref="ConnectorException"><c>PermissionDenied</c>: it may in none; the message names what is missing.</exception>
    Task<IReadOnlyList<OrganizationView>> ListAsync(Needs needs, ISyncContext sync, CancellationToken cancellationToken);

    /// <summary>
    /// The view of one organization, for what is already known to be there. Nothing is asked.
    /// </summary>
    GrafanaClient In(long organizationId);

    /// <summary>Every organization that the credential belongs to, whatever it may do there; asked anew each time.</summary>
    Task<IReadOnlyList<Organization>> ListOwnAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is no organization but its own: what is in none of them is nowhere.</summary>
    Task<bool> IsEverywhereAsync(CancellationToken cancellationToken);
}

/// <summary>An organization, and the client that looks into it.</summary>
internal sealed record OrganizationView(Organization Organization, GrafanaClient Grafana);
