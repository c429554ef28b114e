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
        if (call.Version.IsAtLeast(7))
        {
            json.WriteString("appUrl", call.RootUrl + "/");
            json.WriteBoolean("autoAssignOrg", options.AutoAssignOrg);
        }

        WriteBuild(json, call, isEnterprise);
        json.WriteBoolean("disableLoginForm", options.DisableLoginForm);
        json.WriteBoolean("disableUserSignUp", call.Version.IsAtLeast(7));
        json.WriteBoolean("editorsCanAdmin", options.EditorsCanAdmin);
        json.WriteString("externalUserMngInfo", "");
        json.WriteString("externalUserMngLinkName", "");
        json.WriteString("externalUserMngLinkUrl", "");
        json.WriteBoolean("ldapEnabled", false);
        WriteLicense(json, call, isEnterprise);
        json.WriteBoolean("viewersCanEdit", false);
        json.WriteEndObject();
    });

    private static void WriteLicense(Utf8JsonWriter json, ApiCall call, bool isEnterprise)
    {
        json.WriteStartObject("licenseInfo");
        json.WriteNumber("expiry", 0);
        if (call.Version.IsAtLeast(7))
        {
            json.WriteString("edition", isEnterprise ? "Enterprise" : "Open Source");
        }

        if (!call.Version.IsModern)
        {
            json.WriteBoolean("hasLicense", isEnterprise);
        }

        if (call.Version.IsAtLeast(7) && !call.Version.IsModern)
        {
            json.WriteBoolean("hasValidLicense", isEnterprise);
            json.WriteString("licenseUrl", "/admin/upgrading");
            json.WriteString("stateInfo", "");
        }

        json.WriteEndObject();
    }

    private static void WriteBuild(Utf8JsonWriter json, ApiCall call, bool isEnterprise)
    {
        json.WriteStartObject("buildInfo");
        json.WriteNumber("buildstamp", call.Options.BuildStamp);
        json.WriteString("commit", call.Options.Commit);
        json.WriteString("env", "production");
        json.WriteBoolean("hasUpdate", false);
        json.WriteString("latestVersion", "");
        json.WriteString("version", call.Options.HideVersion && !call.Caller.IsKnown ? "" : Announced(call));
        if (call.Version.IsAtLeast(7))
        {
            json.WriteString("edition", isEnterprise ? "Enterprise" : "Open Source");
            json.WriteBoolean("hideVersion", call.Options.HideVersion);
        }

        if (!call.Version.IsModern)
        {
            json.WriteBoolean("isEnterprise", isEnterprise);
        }

        json.WriteEndObject();
    }
}
