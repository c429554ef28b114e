using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Members of an organization: of any, for server administrators, and of the caller's own.</summary>
internal static class OrgUsersApi
{
    private const string Member = "users:id:";

    public static IEnumerable<Route> Routes(GrafanaVersion version)
    {
        yield return new("GET", "/api/orgs/:orgId/users", Access.ServerAdmin("org.users:read"), OfAny(List));
        yield return new("POST", "/api/orgs/:orgId/users", Access.ServerAdmin("org.users:add"), OfAny(MembershipApi.Add));
        yield return new("PATCH", "/api/orgs/:orgId/users/:userId", Access.ServerAdmin("org.users:write"), OfAny(ChangeRole));
        yield return new("DELETE", "/api/orgs/:orgId/users/:userId", Access.ServerAdmin("org.users:remove"), OfAny(Remove));

        yield return new("GET", "/api/org/users", Access.OrgAdmin("org.users:read"), OfOwn(ListOwn));
        yield return new("GET", "/api/org/users/lookup", Access.Teams("org.users:read"), OfOwn(LookUp));
        yield return new("POST", "/api/org/users", Access.OrgAdmin("org.users:add"), OfOwn(MembershipApi.AddWithinQuota));
        yield return new("PATCH", "/api/org/users/:userId", Access.OrgAdmin("org.users:write", Member), OfOwn(ChangeOwnRole));
        yield return new("DELETE", "/api/org/users/:userId", Access.OrgAdmin("org.users:remove", Member), OfOwn(RemoveOwn));

        if (version.IsAtLeast(8))
        {
            yield return new("GET", "/api/org/users/search", Access.OrgAdmin("org.users:read"), OfOwn(Search));
        }

        if (version.IsAtLeast(11))
        {
            yield return new("GET", "/api/orgs/:orgId/users/search", Access.ServerAdmin("org.users:read"), OfAny(Search));
        }
    }

    private static Action<ApiCall> OfAny(Action<ApiCall, long> handler) => call =>
    {
        if (call.TryId(0, "orgId", out var orgId))
        {
            handler(call, orgId);
        }
    };

    private static Action<ApiCall> OfOwn(Action<ApiCall, long> handler) => call => handler(call, call.Caller.OrgId);

    private static void List(ApiCall call, long orgId) => Write(call, Visible(call, MembersOf(call, orgId)));

    private static void ListOwn(ApiCall call, long orgId)
    {
        var members = Visible(call, Find(call, orgId));
        Write(call, call.Query("limit") is null ? members : members[..Math.Min(members.Length, call.QueryNumber("limit", int.MaxValue))]);
    }

    private static void Search(ApiCall call, long orgId)
    {
        // Hidden accounts count, and are cut from the page that they fall on.
        var members = Find(call, orgId);
        var page = Page.Of(call);
        var rows = new RowWriter(call);
        call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("totalCount", members.Length);
            json.WriteStartArray("orgUsers");
            foreach (var member in page.Cut(members))
            {
                if (!IsHidden(call, member.User))
                {
                    rows.Write(json, member);
                }
            }

            json.WriteEndArray();
            page.WriteTail(json);
        });
    }

    private static void LookUp(ApiCall call, long orgId) => call.Json(json =>
    {
        var members = Visible(call, Find(call, orgId));
        json.WriteStartArray();
        foreach (var member in members.AsSpan(0, Math.Min(members.Length, call.QueryNumber("limit", int.MaxValue))))
        {
            json.WriteStartObject();
            json.WriteNumber("userId", member.User.Id);
            json.WriteString("login", member.User.Login);
            json.WriteString("avatarUrl", Avatars.OfUser(member.User.Email, call.Options));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(ApiCall call, Membership[] members)
    {
        var rows = new RowWriter(call);
        call.Json(json =>
        {
            json.WriteStartArray();
            foreach (var member in members)
            {
                rows.Write(json, member);
            }

            json.WriteEndArray();
        });
    }

    private static Membership[] Find(ApiCall call, long orgId)
    {
        if (call.Query("query") is not { Length: > 0 } query)
        {
            return MembersOf(call, orgId);
        }

        var matches = Matching.Of(query);
        return Array.FindAll(MembersOf(call, orgId), member => matches(member.User));
    }

    /// <summary>The members that the caller's scopes let it see.</summary>
    private static Membership[] MembersOf(ApiCall call, long orgId)
    {
        var members = call.State.Orgs.Find(orgId)?.Members ?? [];
        if (!call.Version.IsModern || call.Caller.IsServerAdmin || call.Caller.Permissions.Has("org.users:read", Member + "0"))
        {
            return members;
        }

        var isVisible = call.Caller.Permissions.Filter("org.users:read", Member);
        return Array.FindAll(members, member => isVisible(member.User.Id));
    }

    private static Membership[] Visible(ApiCall call, Membership[] members)
        => call.Options.HiddenUsers.Count == 0 ? members : Array.FindAll(members, member => !IsHidden(call, member.User));

    /// <summary>Whether the configuration keeps the account from this caller.</summary>
    public static bool IsHidden(ApiCall call, UserRow user)
        => call.Options.HiddenUsers.Contains(user.Login, StringComparer.Ordinal) && !call.Caller.IsServerAdmin && call.Caller.User != user;

    private static void ChangeRole(ApiCall call, long orgId) => MembershipApi.ChangeRole(call, orgId, userParameter: 1);

    private static void ChangeOwnRole(ApiCall call, long orgId) => MembershipApi.ChangeRole(call, orgId, userParameter: 0);

    private static void Remove(ApiCall call, long orgId) => MembershipApi.Remove(call, orgId, userParameter: 1);

    private static void RemoveOwn(ApiCall call, long orgId) => MembershipApi.RemoveOrDelete(call, orgId, userParameter: 0);
}
