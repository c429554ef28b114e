using System.Diagnostics.CodeAnalysis;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>What server administrators do to accounts, other than making them.</summary>
internal static class AdminUsersApi
{
    private const string Id = "global.users:id:";

    public static IEnumerable<Route> Routes() =>
    [
        new("POST", "/api/admin/users", Access.ServerAdmin("users:create"), AccountCreation.Create),
        new("DELETE", "/api/admin/users/:id", Access.ServerAdmin("users:delete", Id), Delete),
        new("POST", "/api/admin/users/:id/disable", Access.ServerAdmin("users:disable", Id), call => Switch(call, isDisabled: true)),
        new("POST", "/api/admin/users/:id/enable", Access.ServerAdmin("users:enable", Id), call => Switch(call, isDisabled: false)),
        new("PUT", "/api/admin/users/:id/password", Access.ServerAdmin("users.password:write", Id), SetPassword),
        new("PUT", "/api/admin/users/:id/permissions", Access.ServerAdmin("users.permissions:write", Id), SetServerAdmin),
        new("POST", "/api/admin/users/:id/logout", Access.ServerAdmin("users:logout", Id), LogOut),
        new("GET", "/api/admin/users/:id/auth-tokens", Access.ServerAdmin("users.authtoken:read", Id), ListSessions),
        new("GET", "/api/admin/ldap/status", Access.ServerAdmin("ldap.status:read"), NoLdap),
        new("GET", "/api/admin/ldap/:name", Access.ServerAdmin("ldap.user:read"), NoLdap),
        new("POST", "/api/admin/ldap/reload", Access.ServerAdmin("ldap.config:reload"), NoLdap),
        new("POST", "/api/admin/ldap/sync/:id", Access.ServerAdmin("ldap.user:sync"), NoLdap),
    ];

    private static void NoLdap(ApiCall call) => call.Fail(400, "LDAP is not enabled");

    /// <summary>
    /// The account of the id in the path. Where there is none, releases before <paramref name="since"/> report success, and later ones 404.
    /// </summary>
    private static bool TryUser(ApiCall call, string done, int since, [NotNullWhen(true)] out UserRow? user)
    {
        user = null;
        if (!call.TryId(0, "id", out var id))
        {
            return false;
        }

        user = call.State.Users.Find(id);
        if (user is null && call.Version.IsAtLeast(since))
        {
            call.Fail(404, "user not found");
        }
        else if (user is null)
        {
            call.Ok(done);
        }

        return user is not null;
    }

    private static void Delete(ApiCall call)
    {
        // What is no number is 0, and 7.5 takes any account for that of 0 until it deletes none.
        if (!call.Version.IsModern && call.TryId(0, "id", out var id) && id == 0)
        {
            call.Ok("User deleted");
        }
        else if (TryUser(call, "User deleted", since: 7, out var user))
        {
            call.State.RemoveUser(user);
            call.Ok("User deleted");
        }
    }

    private static void Switch(ApiCall call, bool isDisabled)
    {
        var done = isDisabled ? "User disabled" : "User enabled";
        if (!TryUser(call, done, since: 7, out var user))
        {
            return;
        }

        if (user.AuthModule is not null)
        {
            call.Fail(500, isDisabled ? "Could not disable external user" : "Could not enable external user");
            return;
        }

        user.IsDisabled = isDisabled;
        call.Ok(done);
    }

    private static void SetPassword(ApiCall call)
    {
        if (!call.TryId(0, "id", out var id) || !call.TryBind("Password"))
        {
            return;
        }

        if (call.Version.IsAtLeast(11) && call.Options.DisableLoginForm)
        {
            call.Fail(403, "Not allowed to reset password when login form is disabled");
        }
        else if (Passwords.TryAccept(call, call.Body.Text("password"), "New password too short"))
        {
            if (call.State.Users.Find(id) is not { } user)
            {
                call.Fail(500, "Could not read user from database");
                return;
            }

            user.Password = call.Body.Text("password");
            call.State.LoginAttempts.Forget(user.Login);
            call.Ok("User password updated");
        }
    }

    private static void SetServerAdmin(ApiCall call)
    {
        if (!call.TryBind() || !TryUser(call, "User permissions updated", since: 9, out var user))
        {
            return;
        }

        // An absent member is false: the right is taken away.
        var isServerAdmin = call.Body.Flag("isGrafanaAdmin");
        if (call.Version.IsAtLeast(9, 5) && user.IsServerAdminExternallySynced)
        {
            call.Fail(403, "Cannot change Grafana Admin role for externally synced user");
        }
        else if (!isServerAdmin && !call.State.Users.All.Any(other => other.IsServerAdmin && other != user))
        {
            call.Fail(400, "Cannot remove last grafana admin", "cannot remove last grafana admin", since: 7);
        }
        else
        {
            user.IsServerAdmin = isServerAdmin;
            call.Ok("User permissions updated");
        }
    }

    private static void LogOut(ApiCall call)
    {
        if (!call.TryId(0, "id", out var id))
        {
            return;
        }

        if (call.Caller.User?.Id == id)
        {
            call.Fail(400, "You cannot logout yourself");
        }
        else if (call.State.Users.Find(id) is null)
        {
            call.Fail(404, "User not found", "user not found", since: 9);
        }
        else
        {
            call.Ok("User logged out");
        }
    }

    private static void ListSessions(ApiCall call)
    {
        if (!call.TryId(0, "id", out var id))
        {
            return;
        }

        if (call.State.Users.Find(id) is null)
        {
            call.Fail(404, "User not found", "user not found", since: 9);
            return;
        }

        // Nobody signs in through a browser here.
        call.Json(json =>
        {
            json.WriteStartArray();
            json.WriteEndArray();
        });
    }
}
