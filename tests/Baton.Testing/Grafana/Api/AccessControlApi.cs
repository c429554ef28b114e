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

    // The actions on roles came with the role API, and are nobody's without it.
    private static bool IsKnown(ApiCall call, string action)
        => call.Options.Edition == GrafanaEdition.Enterprise
            || !(action.StartsWith("roles:", StringComparison.Ordinal) || action.Contains(".roles:", StringComparison.Ordinal));

    private static void ListPermissions(ApiCall call) => call.Json(json =>
    {
        json.WriteStartObject();
        foreach (var (action, scopes) in call.Caller.Permissions.Actions.Where(one => IsKnown(call, one.Key)))
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
        foreach (var action in call.Caller.Permissions.Actions.Keys.Where(action => IsKnown(call, action)))
        {
            json.WriteBoolean(action, true);
        }

        json.WriteEndObject();
    });
}
