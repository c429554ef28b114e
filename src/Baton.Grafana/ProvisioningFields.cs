using Baton.Configuration;
using Baton.Configuration.Validation;
using Baton.Grafana.Accounts;
using Baton.Grafana.Memberships;
using Baton.Grafana.Organizations;

namespace Baton.Grafana;

/// <summary>What the operator decides about changes. Upstream has none of these; their defaults are what Grafana does by itself.</summary>
internal static class ProvisioningFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        new StringField("token-revoke-mode")
        {
            Description = "With a token, what revoking a role does: remove (Grafana deletes an account that has no other organization) "
                + "or none (the member stays, without a basic role)",
            Default = "remove",
            Rules = new StringRules { OneOf = ["remove", "none"] },
            Export = FieldExport.None,
        },
        new StringField("default-org-role")
        {
            Description = "The role of a new member for whom none was asked: None, Viewer, Editor, Admin",
            Default = "Viewer",
            Rules = new StringRules { OneOf = ["None", "Viewer", "Editor", "Admin"] },
            Export = FieldExport.None,
        },
        new BooleanField("remove-auto-assigned-membership")
        {
            Description = "Take new accounts out of the organizations that Grafana puts them in by itself",
            Export = FieldExport.None,
        },
        new BooleanField("invite-by-mail")
        {
            Description = "With a token, let Grafana send invitations; otherwise an administrator hands the link over",
            Default = true,
            Export = FieldExport.None,
        },
        new StringField("deprovision")
        {
            Description = "What deleting an account does: delete, or disable (keeps it, its history and what it owns)",
            Default = "delete",
            Rules = new StringRules { OneOf = ["delete", "disable"] },
            Export = FieldExport.None,
        },
        new BooleanField("allow-last-admin-removal")
        {
            Description = "Delete or disable accounts even if that leaves an organization without an Admin",
            Export = FieldExport.None,
        },
    ];

    public static TokenRevokeMode RevokeMode(ResolvedConfiguration configuration)
        => configuration.GetString("token-revoke-mode") == "none" ? TokenRevokeMode.None : TokenRevokeMode.Remove;

    public static AccountPolicy Accounts(ResolvedConfiguration configuration) => new()
    {
        DefaultRole = OrganizationRole.Find(configuration.GetString("default-org-role")) ?? OrganizationRole.Viewer,
        RemoveAutoAssigned = configuration.GetBoolean("remove-auto-assigned-membership"),
        InviteByMail = configuration.GetBoolean("invite-by-mail"),
        Deprovisioning = configuration.GetString("deprovision") == "disable" ? Deprovisioning.Disable : Deprovisioning.Delete,
        AllowLastAdminRemoval = configuration.GetBoolean("allow-last-admin-removal"),
    };
}
