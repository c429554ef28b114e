using Baton.Configuration;
using Baton.Configuration.Validation;
using Baton.Grafana.Permissions;
using Baton.Sdk.Settings;

namespace Baton.Grafana;

/// <summary>What can be configured. Names, groups and texts of the first five fields are upstream's; the platform's forms show them.</summary>
internal static class GrafanaSchema
{
    public const string BasicGroup = "basic-auth-flow-group";
    public const string TokenGroup = "api-key-flow-group";

    public static ConnectorSchema Create() => new()
    {
        DisplayName = "Grafana",
        HelpUrl = "/docs/baton/grafana",
        IconUrl = "/static/app-icons/grafana.svg",
        Fields =
        [
            new StringField("hostname")
            {
                DisplayName = "Instance URL",
                Description = "The Grafana instance URL used to connect to the Grafana API.",
                Placeholder = "https://grafana.example.com",
                Required = true,
            },
            new StringField("username")
            {
                DisplayName = "Username",
                Description = "The Grafana username used to connect to the Grafana API.",
                Required = true,
            },
            new StringField("password")
            {
                DisplayName = "Password",
                Description = "The Grafana password used to connect to the Grafana API.",
                Required = true,
                Secret = true,
            },
            new StringField("api-token")
            {
                DisplayName = "API Token",
                Description = "Grafana Cloud service account token. When set, the connector uses Bearer authentication (Cloud mode). "
                    + "Leave empty for self-hosted Grafana.",
                Required = true,
                Secret = true,
            },
            new BooleanField("sync-service-account-tokens")
            {
                DisplayName = "Sync Service Account Tokens",
                Description = "Enable syncing Grafana service-account tokens and issuing and revoking them. Requires the connector's Grafana "
                    + "credential to hold serviceaccounts:read and serviceaccounts:write, and the service_account_token resource type to be "
                    + "selected for sync.",
            },
            new StringField("role-scope")
            {
                DisplayName = "Role Scope",
                Description = "Which RBAC roles (Grafana Enterprise and Cloud) are synced when the role resource type is selected: irm-oncall for the "
                    + "roles of Grafana IRM and OnCall and the teams that hold them, or all for every role and the teams, users and service accounts that hold it.",
                Default = "irm-oncall",
                Rules = new StringRules { OneOf = ["irm-oncall", "all"] },
            },
            new StringField("ca-cert")
            {
                Description = "A PEM file with certificate authorities to trust beside the system's",
                Export = FieldExport.None,
            },
            new BooleanField("tls-insecure-skip-verify")
            {
                Description = "Accept any certificate; for a laboratory only",
                Export = FieldExport.None,
            },
            new BooleanField("fail-on-hidden-users")
            {
                Description = "End the sync when Grafana hides members from the token, instead of warning of it",
                Export = FieldExport.None,
            },
            new BooleanField("fail-on-unreachable-organizations")
            {
                Description = "Whether the sync ends when the account is no Admin of some organization, whose teams and service accounts it cannot "
                    + "see, instead of warning of it; when not set, it ends if an earlier sync had some of that organization",
                Export = FieldExport.None,
            },
            .. ProvisioningFields.All,
        ],
        Groups =
        [
            new FieldGroup
            {
                Name = BasicGroup,
                DisplayName = "Basic Authentication",
                HelpText = "Use the Basic Auth Flow for authentication.",
                Fields = ["username", "password", "hostname"],
                Default = true,
            },
            new FieldGroup
            {
                Name = TokenGroup,
                DisplayName = "API Key",
                HelpText = "Use an API Key with an expiration date for authentication.",
                Fields = ["api-token", "hostname"],
            },
        ],
    };

    /// <remarks>No username and no token begins or ends with a space or a line break; a password may.</remarks>
    public static GrafanaOptions Options(ResolvedConfiguration configuration)
    {
        var byToken = configuration.Group?.Name == TokenGroup;
        return new GrafanaOptions
        {
            Hostname = configuration.GetString("hostname"),
            Username = byToken ? null : configuration.GetString("username").Trim(),
            Password = byToken ? null : configuration.GetString("password"),
            Token = byToken ? configuration.GetString("api-token").Trim() : null,
            CurrentSecret = configuration.GetSecret(byToken ? "api-token" : "password").Read,
            CertificateAuthorityPath = configuration.GetString("ca-cert"),
            SkipCertificateChecks = configuration.GetBoolean("tls-insecure-skip-verify"),
            FailOnHiddenUsers = configuration.GetBoolean("fail-on-hidden-users"),
            FailOnUnreachableOrganizations = configuration.IsSet("fail-on-unreachable-organizations") ? configuration.GetBoolean("fail-on-unreachable-organizations") : null,
            TokenRevokeMode = ProvisioningFields.RevokeMode(configuration),
            RoleScope = configuration.GetString("role-scope") == "all" ? RoleScope.All : RoleScope.IrmOnCall,
            Accounts = ProvisioningFields.Accounts(configuration),
            SyncServiceAccountTokens = configuration.GetBoolean("sync-service-account-tokens"),
        };
    }
}
