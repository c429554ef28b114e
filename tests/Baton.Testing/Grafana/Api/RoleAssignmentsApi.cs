using System.Globalization;

namespace Baton.Testing.Grafana.Api;

/// <summary>
/// Which roles accounts, service accounts and teams hold in the caller's organization. A team that does not exist holds none.
/// </summary>
internal static class RoleAssignmentsApi
{
    private const string Users = "/api/access-control/users";
    private const string Teams = "/api/access-control/teams";

    public static IEnumerable<Route> Routes(FakeGrafanaOptions options)
        => options.Edition != GrafanaEdition.Enterprise || !options.Version.IsModern ? [] :
    [
        new("GET", Users + "/:id/roles", Access.OrgAdmin("users.roles:read", "users:id:"), call => List(call, isTeam: false)),
        new("GET", Teams + "/:id/roles", Access.OrgAdmin("teams.roles:read", "teams:id:"), call => List(call, isTeam: true)),
        new("POST", Users + "/roles/search", Access.OrgAdmin("users.roles:read"), call => Search(call, isTeam: false)),
        new("POST", Teams + "/roles/search", Access.OrgAdmin("teams.roles:read"), call => Search(call, isTeam: true)),
        new("POST", Users + "/:id/roles", Access.OrgAdmin("users.roles:add"), call => Add(call, isTeam: false)),
        new("POST", Teams + "/:id/roles", Access.OrgAdmin("teams.roles:add"), call => Add(call, isTeam: true)),
        new("DELETE", Users + "/:id/roles/:uid", Access.OrgAdmin("users.roles:remove"), call => Remove(call, isTeam: false)),
        new("DELETE", Teams + "/:id/roles/:uid", Access.OrgAdmin("teams.roles:remove"), call => Remove(call, isTeam: true)),
    ];

    private static void List(ApiCall call, bool isTeam)
    {
        if (call.TryId(0, isTeam ? "teamId" : "userId", out var id))
        {
            RolesApi.WriteArray(call, call.State.RoleAssignments.Of(call.Caller.OrgId, id, isTeam));
        }
    }

    // Ids without roles are left out.
    private static void Search(ApiCall call, bool isTeam)
    {
        if (!call.TryBind())
        {
            return;
        }

        var (kind, action) = isTeam ? ("teams:id:", "teams.roles:read") : ("users:id:", "users.roles:read");
        var isVisible = call.Caller.Permissions.Filter(action, kind);
        call.Json(json =>
        {
            json.WriteStartObject();
            foreach (var text in call.Body.Texts(isTeam ? "teamIds" : "userIds"))
            {
                var id = long.Parse(text, CultureInfo.InvariantCulture);
                var roles = call.State.RoleAssignments.Of(call.Caller.OrgId, id, isTeam).ToArray();
                if (roles.Length > 0 && isVisible(id))
                {
                    json.WritePropertyName(text);
                    RolesApi.WriteArray(call, json, roles);
                }
            }

            json.WriteEndObject();
        });
    }

    private static void Add(ApiCall call, bool isTeam)
    {
        if (!call.TryId(0, isTeam ? "teamId" : "userId", out var id) || !call.TryBind("RoleUid"))
        {
            return;
        }

        var uid = call.Body.Text("roleUid");
        if (call.State.RoleAssignments.Find(uid) is null)
        {
            RolesApi.NotFound(call);
            return;
        }

        call.State.RoleAssignments.Assign(call.Body.Flag("global") ? 0 : call.Caller.OrgId, id, isTeam, uid);
        call.Ok(isTeam ? "Role added to the team." : "Role added to the user.");
    }

    private static void Remove(ApiCall call, bool isTeam)
    {
        if (!call.TryId(0, isTeam ? "teamId" : "userId", out var id))
        {
            return;
        }

        if (call.State.RoleAssignments.Unassign(call.Query("global") == "true" ? 0 : call.Caller.OrgId, id, isTeam, call.RouteValues[1]))
        {
            call.Ok(isTeam ? "Role removed from team." : "Role removed from user.");
        }
        else
        {
            call.Fail(404, isTeam ? "Team role not found" : "User role not found");
        }
    }
}
