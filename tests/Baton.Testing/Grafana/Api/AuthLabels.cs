namespace Baton.Testing.Grafana.Api;

/// <summary>What Grafana calls an authentication module to people.</summary>
internal static class AuthLabels
{
    public static string For(string module, GrafanaVersion version) => module switch
    {
        "oauth_github" => "GitHub",
        "oauth_google" => "Google",
        "oauth_azuread" => "AzureAD",
        "oauth_gitlab" => "GitLab",
        "oauth_grafana_com" => "grafana.com",
        "oauth_okta" when version.IsModern => "Okta",
        "oauth_generic_oauth" when version.IsModern => "Generic OAuth",
        "auth.saml" => "SAML",
        "ldap" => "LDAP",
        "jwt" => "JWT",
        "authproxy" => "Auth Proxy",
        _ => "OAuth",
    };
}
