namespace Baton.Testing.Grafana.Api;

/// <summary>What the caller may do. Whether there is a role API at all is a question that only Enterprise answers.</summary>
internal static class AccessControlApi
{
    public static IEnumerable<Route> Routes(FakeGrafanaOptions options)
    {
        if (!options.Version.IsModern)
        {
            yield break;
        }

        yield return new("GET", "/api/access-control/user/permissions", Access.SignedIn, ListPermissions);
        yield return new("GET", "/api/access-control/user/actions", Access.SignedIn, ListActions);
        if (options.Edition == GrafanaEdition.Enterprise)
        {
            yield return new("GET", "/api/access-control/status", Access.SignedIn, call => call.Json(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("enabled", true);
                json.WriteEndObject();
            }));
        }
    }

    private static void ListPermissions(ApiCall call) => call.Json(json =>
    {
        json.WriteStartObject();
        foreach (var (action, scopes) in call.Caller.Permissions.Actions)
        {
            json.WriteStartArray(action);

            // An action that concerns nothing in particular has one empty scope.
            foreach (var scope in scopes.DefaultIfEmpty(""))
            {
                json.WriteStringValue(scope);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    private static void ListActions(ApiCall call) => call.Json(json =>
    {
        json.WriteStartObject();
        foreach (var action in call.Caller.Permissions.Actions.Keys)
        {
            json.WriteBoolean(action, true);
        }

        json.WriteEndObject();
    });
}
