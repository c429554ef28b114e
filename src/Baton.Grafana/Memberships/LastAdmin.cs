using Baton.Grafana.Directory;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Memberships;

/// <summary>An organization keeps an Admin: without one, nobody can manage it but a server administrator, and Grafana refuses most changes.</summary>
internal static class LastAdmin
{
    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: the account is the only Admin.</exception>
    public static async Task RequireAnotherAsync(
        IMemberships memberships, Organization organization, long accountId, string label, Change change, CancellationToken cancellationToken)
    {
        switch (await memberships.FindOtherAdminsAsync(organization.Id, accountId, cancellationToken))
        {
            case OtherAdmins.None:
                throw Refusal(organization, label, change);
            case OtherAdmins.OnlyDisabled:
                change.Affects($"the other Admins of organization {organization.Id} ({organization.Name}) are disabled accounts");
                break;
            default:
                change.Checked($"organization {organization.Id} ({organization.Name}) has another Admin");
                break;
        }
    }

    public static ConnectorException Refusal(Organization organization, string label, Change change)
    {
        change.Affects($"organization {organization.Id} ({organization.Name}) is left without an Admin");
        return change.Refuse(
            $"grafana-connector: {label} is the last Admin of organization {organization.Id} ({organization.Name})", "Make somebody else Admin there first");
    }
}
