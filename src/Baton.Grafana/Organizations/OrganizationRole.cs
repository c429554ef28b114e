namespace Baton.Grafana.Organizations;

/// <summary>
/// The role of a member: exactly one, each including those before it. The names are Grafana's and part of ids that the platform stores.
/// </summary>
internal sealed record OrganizationRole(string Name, uint Order, string DisplayName, string Description)
{
    public static readonly OrganizationRole None = new("None", 1, "No basic role", "Member without a basic role of");
    public static readonly OrganizationRole Viewer = new("Viewer", 2, "Viewer", "Viewer role in");
    public static readonly OrganizationRole Editor = new("Editor", 3, "Editor", "Editor role in");
    public static readonly OrganizationRole Admin = new("Admin", 4, "Admin", "Admin role in");

    /// <summary>In the order in which entitlements are listed.</summary>
    public static IReadOnlyList<OrganizationRole> All { get; } = [Viewer, Editor, Admin, None];

    public static OrganizationRole? Find(string name)
    {
        foreach (var role in All)
        {
            if (role.Name == name)
            {
                return role;
            }
        }

        return null;
    }
}
