using Baton.Grafana.Api;
using Baton.Grafana.Organizations;

namespace Baton.Grafana.Memberships;

/// <summary>Whether an organization has an Admin beside a certain account. Grafana counts disabled ones too, who can do nothing.</summary>
internal enum OtherAdmins
{
    None,

    OnlyDisabled,

    Some,
}

/// <summary>Looks for the first Admin that is not a certain account.</summary>
internal static class OtherAdminSearch
{
    public static async Task<OtherAdmins> RunAsync(IAsyncEnumerable<GrafanaMember> members, long accountId)
    {
        var found = OtherAdmins.None;
        await foreach (var member in members)
        {
            if (member.UserId == accountId || member.Role != OrganizationRole.Admin.Name)
            {
                continue;
            }

            if (member.IsDisabled != true)
            {
                return OtherAdmins.Some;
            }

            found = OtherAdmins.OnlyDisabled;
        }

        return found;
    }
}
