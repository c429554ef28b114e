using System.Text.Json;

namespace Baton.Testing.Grafana.Api;

/// <summary>Health, settings, and the answer to a signed-in ping.</summary>
internal static class SystemApi
{
    public static IEnumerable<Route> Routes(GrafanaVersion version) =>
    [
        new("GET", "/api/health", Access.Public, Health),
        new("GET", "/api/frontend/settings", version.IsAtLeast(8) ? Access.Public : Access.SignedIn, FrontendSettings),
        new("GET", "/api/login/ping", Access.SignedIn, call => call.Ok("Logged in")),
    ];

    public static void Health(ApiCall call) => call.Answer.WriteJson(
        200,
        json =>
        {
            json.WriteStartObject();
            if (!call.Options.HideVersion)
            {
                json.WriteString("commit", call.Options.Commit);
            }

            json.WriteString("database", "ok");
            if (!call.Options.HideVersion)
            {
                json.WriteString("version", Announced(call));
            }

            json.WriteEndObject();
        },
        pretty: true);

    private static string Announced(ApiCall call) => call.Options.AnnouncedVersion ?? call.Version.ToString();

    private static void FrontendSettings(ApiCall call) => call.Json(json =>
    {
        var options = call.Options;
        var isEnterprise = options.Edition == GrafanaEdition.Enterprise;
        json.WriteStartObject();
        json.WriteBoolean("allowOrgCreate", options.AllowOrgCreate || call.Caller.IsServerAdmin);
        json.WriteString("appSubUrl", options.SubPath);
        json.WriteBoolean("authProxyEnabled", false);
        WriteBuild(json, call, isEnterprise);
        json.WriteBoolean("disableLoginForm", options.DisableLoginForm);
        json.WriteBoolean("disableUserSignUp", false);
        json.WriteBoolean("editorsCanAdmin", options.EditorsCanAdmin);
        json.WriteString("externalUserMngInfo", "");
        json.WriteString("externalUserMngLinkName", "");
        json.WriteString("externalUserMngLinkUrl", "");
        json.WriteBoolean("ldapEnabled", false);
        json.WriteStartObject("licenseInfo");
        json.WriteNumber("expiry", 0);
        if (call.Version.IsModern)
        {
            json.WriteString("edition", isEnterprise ? "Enterprise" : "Open Source");
        }
        else
        {
            json.WriteBoolean("hasLicense", isEnterprise);
        }

        json.WriteEndObject();
        json.WriteBoolean("viewersCanEdit", false);
        json.WriteEndObject();
    });

    private static void WriteBuild(Utf8JsonWriter json, ApiCall call, bool isEnterprise)
    {
        json.WriteStartObject("buildInfo");
        json.WriteNumber("buildstamp", 1795430162);
        json.WriteString("commit", call.Options.Commit);
        json.WriteString("env", "production");
        json.WriteBoolean("hasUpdate", false);
        json.WriteString("latestVersion", "");
        json.WriteString("version", call.Options.HideVersion && !call.Caller.IsKnown ? "" : Announced(call));
        if (call.Version.IsModern)
        {
            json.WriteString("edition", isEnterprise ? "Enterprise" : "Open Source");
            json.WriteBoolean("hideVersion", call.Options.HideVersion);
        }
        else
        {
            json.WriteBoolean("isEnterprise", isEnterprise);
        }

        json.WriteEndObject();
    }
}
