using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>All accounts of the instance.</summary>
internal static class UsersApi
{
    private const string Id = "global.users:id:";

    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/users", Access.ServerAdmin("users:read"), List),
        new("GET", "/api/users/search", Access.ServerAdmin("users:read"), Search),
        new("GET", "/api/users/lookup", Access.ServerAdmin("users:read"), LookUp),
        new("GET", "/api/users/:id", Access.ServerAdmin("users:read", Id), Get),
        new("PUT", "/api/users/:id", Access.ServerAdmin("users:write", Id), Update),
        new("GET", "/api/users/:id/orgs", Access.ServerAdmin("users:read", Id), Orgs),
        new("GET", "/api/users/:id/teams", Access.ServerAdmin("users:read", Id), Teams),
        new("POST", "/api/users/:id/using/:orgId", Access.ServerAdmin("users:write", Id), Use),
    ];

    private static void List(ApiCall call)
    {
        if (!TryFind(call, out var users))
        {
            return;
        }

        var page = Page.Of(call);
        var rows = new RowWriter(call);
        call.Json(json =>
        {
            json.WriteStartArray();
            foreach (var user in page.Cut(users))
            {
                rows.Write(json, user);
            }

            json.WriteEndArray();
        });
    }

    private static void Search(ApiCall call)
    {
        if (!TryFind(call, out var users))
        {
            return;
        }

        var page = Page.Of(call);
        var rows = new RowWriter(call);
        call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("totalCount", users.Length);
            json.WriteStartArray("users");
            foreach (var user in page.Cut(users))
            {
                rows.Write(json, user);
            }

            json.WriteEndArray();
            page.WriteTail(json);
        });
    }

    private static bool TryFind(ApiCall call, out UserRow[] users)
    {
        users = [];
        var sort = call.Version.IsAtLeast(9, 5) && call.Query("sort") is { Length: > 0 } asked ? asked : null;
        if (sort is not null && !UserOrder.IsKnown(sort))
        {
            call.Fail(400, "bad request data");
            return false;
        }

        users = call.State.Users.InOrder(sort);
        if (call.Query("query") is { Length: > 0 } query)
        {
            users = Array.FindAll(users, Matching.Of(query));
        }

        if (call.Version.IsModern && !call.Caller.Permissions.Has("users:read", Id + "0"))
        {
            var isVisible = call.Caller.Permissions.Filter("users:read", Id);
            users = Array.FindAll(users, user => isVisible(user.Id));
        }

        return true;
    }

    private static void LookUp(ApiCall call)
    {
        if (call.State.Users.FindByLoginOrEmail(call.Query("loginOrEmail") ?? "") is { } user)
        {
            call.Json(json => ProfileJson.WriteLookup(call, json, user));
        }
        else
        {
            call.Fail(404, "User not found", "user not found", since: 7);
        }
    }

    private static void Get(ApiCall call)
    {
        if (!call.TryId(0, "id", out var id))
        {
            return;
        }

        if (call.State.Users.Find(id) is { } user)
        {
            call.Json(json => ProfileJson.Write(call, json, user));
        }
        else
        {
            call.Fail(404, "User not found", "user not found", since: 7);
        }
    }

    private static void Update(ApiCall call)
    {
        if (!call.TryId(0, "id", out var id) || !call.TryBind())
        {
            return;
        }

        var (login, email) = (call.Body.Text("login"), call.Body.Text("email"));
        if (login.Length == 0 && email.Length == 0)
        {
            call.Fail(400, "Validation error, need to specify either username or email");
            return;
        }

        if (call.State.Users.Find(id) is not { } user)
        {
            // 6.5 updates no row and is content.
            if (call.Version.IsModern)
            {
                call.Fail(404, "user not found");
            }
            else
            {
                call.Ok("User updated");
            }

            return;
        }

        if (call.Version.IsModern && user.AuthModule is not null)
        {
            call.Fail(403, "User info cannot be updated for external Users");
            return;
        }

        login = login.Length == 0 ? email : login;
        var users = call.State.Users;
        if ((users.FindByLogin(login) ?? user) != user || (users.FindByEmail(email) ?? user) != user)
        {
            call.Fail(call.Version.IsModern ? 409 : 500, "Failed to update user", "Update would result in user login conflict", since: 9);
            return;
        }

        users.Rename(user, login, email);
        user.Name = call.Body.Text("name");
        user.Theme = call.Body.Text("theme");
        user.Updated = call.Now;
        call.Ok("User updated");
    }

    private static void Orgs(ApiCall call)
    {
        if (call.TryId(0, "id", out var id))
        {
            SignedInUserApi.WriteOrgs(call, call.State.Users.Find(id));
        }
    }

    private static void Teams(ApiCall call)
    {
        if (call.TryId(0, "id", out var id))
        {
            TeamJson.WriteArray(call, call.State.Teams.Values
                .Where(team => team.OrgId == call.Caller.OrgId && team.Members.ContainsKey(id))
                .OrderBy(team => team.Name, StringComparer.Ordinal));
        }
    }

    private static void Use(ApiCall call)
    {
        if (call.TryId(0, "id", out var id))
        {
            SignedInUserApi.Use(call, call.State.Users.Find(id), 1);
        }
    }
}
