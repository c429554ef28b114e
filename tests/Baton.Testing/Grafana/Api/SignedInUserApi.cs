using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>The caller's own account. A token has none.</summary>
internal static class SignedInUserApi
{
    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/user", Access.SignedIn, ByNobodyAnonymous(Profile)),
        new("GET", "/api/user/orgs", Access.SignedIn, ByNobodyAnonymous(call => WriteOrgs(call, call.Caller.User))),
        new("POST", "/api/user/using/:orgId", Access.SignedIn, ByNobodyAnonymous(call => Use(call, call.Caller.User, 0))),
    ];

    public static void WriteOrgs(ApiCall call, UserRow? user) => call.Json(json =>
    {
        json.WriteStartArray();
        var byName = call.Version.IsAtLeast(7) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        foreach (var membership in (user?.Memberships ?? []).OrderBy(membership => membership.Org.Name, byName))
        {
            json.WriteStartObject();
            json.WriteNumber("orgId", membership.Org.Id);
            json.WriteString("name", membership.Org.Name);
            json.WriteString("role", membership.Role.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void Use(ApiCall call, UserRow? user, int orgParameter)
    {
        if (!call.TryId(orgParameter, "orgId", out var orgId))
        {
            return;
        }

        if (user?.MembershipIn(orgId) is null)
        {
            call.Fail(401, "Not a valid organization");
            return;
        }

        user.OrgId = orgId;
        call.Ok("Active organization changed");
    }

    // 6.5 looks for the account of an anonymous caller, and finds none.
    private static Action<ApiCall> ByNobodyAnonymous(Action<ApiCall> handler) => call =>
    {
        if (call.Version.IsAtLeast(7) && call.Caller.IsAnonymous)
        {
            call.Fail(401, "Unauthorized");
        }
        else
        {
            handler(call);
        }
    };

    private static void Profile(ApiCall call)
    {
        if (call.Caller.User is { } user)
        {
            call.Json(json => ProfileJson.Write(call, json, user));
        }
        else
        {
            call.Fail(404, "User not found", "user not found", since: 7);
        }
    }
}
