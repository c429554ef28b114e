using System.Diagnostics.CodeAnalysis;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Adds, changes and removes a membership.</summary>
internal static class MembershipApi
{
    public static void Add(ApiCall call, long orgId)
    {
        if (!call.TryBind("LoginOrEmail") || !Roles.TryAssign(call, out var role))
        {
            return;
        }

        var user = call.State.Users.FindByLoginOrEmail(call.Body.Text("loginOrEmail"));
        if (user is null)
        {
            call.Fail(404, "User not found");
        }
        else if (call.State.Orgs.Find(orgId) is not { } org)
        {
            call.Fail(500, "Could not add user to organization");
        }
        else if (user.MembershipIn(orgId) is not null)
        {
            Say(call, 409, "User is already member of this organization", user);
        }
        else
        {
            call.State.AddMember(org, user, role);
            Say(call, 200, "User added to organization", user);
        }
    }

    public static void AddWithinQuota(ApiCall call, long orgId)
    {
        if (QuotaGuard.Admits(call, QuotaGuard.User))
        {
            Add(call, orgId);
        }
    }

    public static void ChangeRole(ApiCall call, long orgId, int userParameter)
    {
        if (!call.TryId(userParameter, "userId", out var userId) || !call.TryBind("Role") || !Roles.TryAssign(call, out var role))
        {
            return;
        }

        var user = call.State.Users.Find(userId);
        if (user is not null && call.State.IsExternallySynced(user))
        {
            call.FailWithId(403, "org.externallySynced", "cannot change role for externally synced user");
        }
        else if (user?.MembershipIn(orgId) is not { } membership)
        {
            call.Fail(500, "Failed update org user");
        }
        else if (role != GrafanaRole.Admin && !membership.Org.HasAdmin(except: membership))
        {
            call.Fail(400, "Cannot change role so that there is no organization admin left");
        }
        else
        {
            membership.Role = role;
            call.Ok("Organization user updated");
        }
    }

    /// <summary>Leaves the account alone, even without any organization.</summary>
    public static void Remove(ApiCall call, long orgId, int userParameter)
    {
        if (call.TryId(userParameter, "userId", out var userId) && TryRemove(call, orgId, userId, out _))
        {
            call.Ok("User removed from organization");
        }
    }

    /// <summary>Deletes the whole account along with its last membership.</summary>
    public static void RemoveOrDelete(ApiCall call, long orgId, int userParameter)
    {
        if (!call.TryId(userParameter, "userId", out var userId) || !TryRemove(call, orgId, userId, out var user))
        {
            return;
        }

        if (user.Memberships.Count == 0)
        {
            call.State.RemoveUser(user);
            call.Ok("User deleted");
        }
        else
        {
            call.Ok("User removed from organization");
        }
    }

    // Whoever is no member is "removed" all the same. The administrators are counted over what would be left,
    // so an organization that has none, or does not exist, refuses everybody.
    private static bool TryRemove(ApiCall call, long orgId, long userId, [NotNullWhen(true)] out UserRow? user)
    {
        user = call.State.Users.Find(userId);
        if (user is null)
        {
            call.Fail(500, "Failed to remove user from organization");
            return false;
        }

        var membership = user.MembershipIn(orgId);
        if (call.State.Orgs.Find(orgId) is not { } org || !org.HasAdmin(except: membership))
        {
            call.Fail(400, "Cannot remove last organization admin");
            return false;
        }

        if (membership is not null)
        {
            call.State.RemoveMember(membership);
        }

        return true;
    }

    private static void Say(ApiCall call, int status, string message, UserRow user) => call.Answer.WriteJson(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        if (call.Version.IsAtLeast(7))
        {
            json.WriteNumber("userId", user.Id);
        }

        json.WriteEndObject();
    });
}
