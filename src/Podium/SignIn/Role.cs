namespace Podium.SignIn;

/// <summary>What a person may do here. Roles add up; everybody has <see cref="BasicUser"/>.</summary>
internal enum Role
{
    /// <summary>Home, own requests, assigned reviews and approvals, own secrets.</summary>
    BasicUser,

    /// <summary>Requests and revokes for anybody.</summary>
    AccessRequestHelpdesk,

    /// <summary>Manages access profiles and who is enrolled in them.</summary>
    AccessRequestAdministrator,

    /// <summary>Views and manages the apps that they own.</summary>
    ApplicationAdministrator,

    /// <summary>Creates campaigns, and manages those that they own.</summary>
    CampaignAdministrator,

    /// <summary>Views all connectors, creates and manages them.</summary>
    ConnectorAdministrator,

    /// <summary>Views everything, and exports it; cannot act.</summary>
    ReadOnlyAdministrator,

    /// <summary>Everything, except reading the passwords of others.</summary>
    SuperAdministrator,
}

internal static class RoleNames
{
    /// <summary>The names of <c>--role</c>, of the API and of pages, in the order of the enum.</summary>
    private static readonly Dictionary<Role, (string Title, string Slug)> Names = Enum.GetValues<Role>().ToDictionary(role => role, role => role switch
    {
        Role.BasicUser => ("Basic User", "basic-user"),
        Role.AccessRequestHelpdesk => ("Access Request Helpdesk", "access-request-helpdesk"),
        Role.AccessRequestAdministrator => ("Access Request Administrator", "access-request-administrator"),
        Role.ApplicationAdministrator => ("Application Administrator", "application-administrator"),
        Role.CampaignAdministrator => ("Campaign Administrator", "campaign-administrator"),
        Role.ConnectorAdministrator => ("Connector Administrator", "connector-administrator"),
        Role.ReadOnlyAdministrator => ("Read-Only Administrator", "read-only-administrator"),
        Role.SuperAdministrator => ("Super Administrator", "super-administrator"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, message: null),
    });

    public static IEnumerable<string> Slugs => Names.Values.Select(name => name.Slug);

    /// <summary>As people read it.</summary>
    public static string Of(Role role) => Names[role].Title;

    /// <summary>As command lines and the API write it.</summary>
    public static string SlugOf(Role role) => Names[role].Slug;

    /// <summary>Takes the slug, the title or the member's name, in any case.</summary>
    public static bool TryParse(string text, out Role role)
    {
        foreach (var (candidate, (title, slug)) in Names)
        {
            if (new[] { slug, title, candidate.ToString() }.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                role = candidate;
                return true;
            }
        }

        role = default;
        return false;
    }
}
