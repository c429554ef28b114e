using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Grpc.Core;

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
                change.Affects($"the other Admins of {organization} are disabled accounts");
                break;
            default:
                change.Checked($"{organization} has another Admin");
                break;
        }
    }

    /// <summary>Whether Grafana refuses a change because no Admin would be left, and not for another reason that is a 400 too.</summary>
    public static bool IsReasonOf(WriteAnswer answer)
        => answer.Status == 400 && answer.Message.Contains("organization admin", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same refusal by Grafana, which counts the Admins that are left: where there is none, it lets nobody else be changed either.</summary>
    public static ConnectorException Refusal(Organization organization, MemberState.Member member, Change change)
        => member.Role == OrganizationRole.Admin.Name
            ? Refusal(organization, member.Label, change)
            : new(
                StatusCode.FailedPrecondition,
                $"{Prefix.Connector}{organization} has no Admin, and Grafana changes no other member of it. Make somebody Admin there first");

    private static ConnectorException Refusal(Organization organization, string label, Change change)
    {
        change.Affects($"{organization} is left without an Admin");
        return change.Refuse(
            $"{Prefix.Connector}{label} is the last Admin of {organization}", "Make somebody else Admin there first");
    }
}
