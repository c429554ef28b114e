using System.Text.Json;

namespace Baton.Testing.Grafana.Api;

/// <summary>The roles of access control. Without a license their routes do not exist.</summary>
internal static class RolesApi
{
    public static IEnumerable<Route> Routes(FakeGrafanaOptions options)
        => options.Edition != GrafanaEdition.Enterprise || !options.Version.IsModern ? [] :
    [
        new("GET", "/api/access-control/roles", Access.OrgAdmin("roles:read"), List),
        new("GET", "/api/access-control/roles/:uid", Access.OrgAdmin("roles:read"), Get),
        new("GET", "/api/access-control/roles/:uid/assignments", Access.OrgAdmin("teams.roles:read"), Assignments),
    ];

    public static void WriteArray(ApiCall call, IEnumerable<RbacRole> roles) => call.Json(json => WriteArray(call, json, roles));

    public static void WriteArray(ApiCall call, Utf8JsonWriter json, IEnumerable<RbacRole> roles)
    {
        json.WriteStartArray();
        foreach (var role in roles.Where(role => !role.IsHidden || call.Query("includeHidden") == "true"))
        {
            Write(call, json, role);
        }

        json.WriteEndArray();
    }

    private static void Write(ApiCall call, Utf8JsonWriter json, RbacRole role)
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("uid", role.Uid);
        json.WriteString("name", role.Name);
        json.WriteString("displayName", role.DisplayName);
        json.WriteString("description", role.Description);
        json.WriteString("group", role.Group);
        json.WriteString("updated", "2025-01-15T09:00:00Z");
        json.WriteString("created", "2025-01-15T09:00:00Z");
        json.WriteBoolean("global", role.IsGlobal);
        if (role.IsHidden)
        {
            json.WriteBoolean("hidden", true);
        }

        if (call.Query("delegatable") == "true")
        {
            json.WriteBoolean("delegatable", role.IsDelegatable);
        }

        json.WriteEndObject();
    }

    private static void List(ApiCall call)
        => WriteArray(call, call.State.RoleAssignments.Roles
            .Where(role => role.OrganizationId is null || role.OrganizationId == call.Caller.OrgId)
            .Where(role => call.Query("delegatable") != "true" || role.IsDelegatable));

    private static void Get(ApiCall call)
    {
        if (call.State.RoleAssignments.Find(call.RouteValues[0]) is { } role)
        {
            call.Json(json => Write(call, json, role));
        }
        else
        {
            NotFound(call);
        }
    }

    private static void Assignments(ApiCall call)
    {
        var uid = call.RouteValues[0];
        if (call.State.RoleAssignments.Find(uid) is null)
        {
            NotFound(call);
            return;
        }

        var holders = call.State.RoleAssignments
            .Holders(call.Caller.OrgId, uid, isTeam: false)
            .ToLookup(call.State.Credentials.ServiceAccounts.ContainsKey);
        call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("role_uid", uid);
            WriteIds(json, "users", holders[false]);
            WriteIds(json, "teams", call.State.RoleAssignments.Holders(call.Caller.OrgId, uid, isTeam: true));
            WriteIds(json, "service_accounts", holders[true]);
            json.WriteEndObject();
        });
    }

    public static void NotFound(ApiCall call) => call.FailWithId(404, "accesscontrol.role-not-found", "role not found");

    private static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<long> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    }
}
