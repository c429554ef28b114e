using Baton.Grafana.Api;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Organizations;

/// <summary>
/// The account that a server administrator's connector signs in with, and the organizations that it belongs to, as Grafana tells it of
/// itself: what other answers of the same sync must agree with.
/// </summary>
/// <param name="Id">Its number.</param>
/// <param name="Memberships">Its role by organization.</param>
internal sealed record OwnAccount(long Id, IReadOnlyDictionary<long, GrafanaUserOrganization> Memberships)
{
    /// <summary>Once a sync.</summary>
    public static Task<OwnAccount> OfAsync(GrafanaClient grafana, ISyncContext sync, CancellationToken cancellationToken)
        => sync.OnceAsync("grafana.own-account", token => ReadAsync(grafana, token), cancellationToken);

    /// <summary>As it is now.</summary>
    public static async Task<OwnAccount> ReadAsync(GrafanaClient grafana, CancellationToken cancellationToken)
    {
        var self = await grafana.GetSignedInUserAsync(cancellationToken);
        var own = await grafana.ListOwnOrganizationsAsync(cancellationToken);
        return new(self.Id, own.ToDictionary(membership => membership.OrgId));
    }
}
