namespace Baton.Testing.Grafana.Api;

/// <summary>Finds the route of a request, checks its caller, and has it answered.</summary>
internal sealed class ApiRouter(FakeGrafanaOptions options)
{
    private readonly ILookup<(string Method, int Length), Route> _routes = AllRoutes(options)
        .ToLookup(route => (route.Method, route.Length));

    public void Dispatch(ApiCall call)
    {
        var path = call.Http.Path.Value!.TrimEnd('/').Split('/');
        var method = call.Http.Method == "HEAD" ? "GET" : call.Http.Method;
        var route = Find(method, path, out var values);
        call.RouteValues = values;

        // The health route stands before authentication: it answers whatever credential comes along.
        if (route?.Handler == SystemApi.Health)
        {
            route.Handler(call);
            return;
        }

        if (!Authentication.TrySignIn(call) || OrgRedirect.Applies(call))
        {
            return;
        }

        if (!call.Caller.IsKnown && route?.Access != Access.Public)
        {
            call.Fail(401, "Unauthorized");
        }
        else if (route is null)
        {
            call.Fail(404, "Not found");
        }
        else if (!route.Access.IsGranted(call))
        {
            call.Deny(route.Access.Action);
        }
        else
        {
            route.Handler(call);
        }
    }

    private static IEnumerable<Route> AllRoutes(FakeGrafanaOptions options) =>
    [
        .. SystemApi.Routes(options.Version),
        .. SignedInUserApi.Routes(),
        .. UsersApi.Routes(),
        .. OrgsApi.Routes(),
        .. CurrentOrgApi.Routes(),
        .. OrgUsersApi.Routes(options.Version),
        .. AdminUsersApi.Routes(),
        .. QuotasApi.Routes(),
        .. TeamsApi.Routes(),
        .. TeamMembersApi.Routes(options.Version),
        .. InvitesApi.Routes(),
        .. InviteCompletionApi.Routes(),
        .. ApiKeysApi.Routes(),
        .. AccessControlApi.Routes(options),
        .. RolesApi.Routes(options),
        .. RoleAssignmentsApi.Routes(options),
        .. ServiceAccountsApi.Routes(options.Version),
        .. ServiceAccountTokensApi.Routes(options.Version),
    ];

    private Route? Find(string method, string[] path, out string[] values)
    {
        foreach (var route in _routes[(method, path.Length)])
        {
            if (route.TryMatch(path, out values))
            {
                return route;
            }
        }

        values = [];
        return null;
    }
}
