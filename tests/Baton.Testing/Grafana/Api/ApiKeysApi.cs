using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>The legacy API keys of the caller's organization.</summary>
internal static class ApiKeysApi
{
    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/auth/keys", Access.OrgAdmin("apikeys:read"), List),
        new("POST", "/api/auth/keys", Access.OrgAdmin("apikeys:create"), Create),
        new("DELETE", "/api/auth/keys/:id", Access.OrgAdmin("apikeys:delete"), Delete),
    ];

    private static IEnumerable<TokenRow> Keys(ApiCall call) => call.State.Credentials.ApiKeys.Where(key => key.OrgId == call.Caller.OrgId);

    private static void List(ApiCall call) => call.Json(json =>
    {
        json.WriteStartArray();
        foreach (var key in Keys(call).Where(key => !(key.Expires <= call.Now)).OrderBy(key => key.Name, StringComparer.Ordinal))
        {
            Write(json, key);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, TokenRow key)
    {
        json.WriteStartObject();
        json.WriteNumber("id", key.Id);
        json.WriteString("name", key.Name);
        json.WriteString("role", key.Role.ToString());
        if (key.Expires is { } expires)
        {
            json.WriteString("expiration", Timestamps.Format(expires));
        }

        json.WriteEndObject();
    }

    private static void Create(ApiCall call)
    {
        if (!QuotaGuard.Admits(call, QuotaGuard.ApiKey)
            || !call.TryBind("Name")
            || !Roles.TryAssign(call, out var role)
            || !TryLifetime(call, out var expires))
        {
            return;
        }

        var name = call.Body.Text("name");
        if (Keys(call).Any(key => key.Name == name))
        {
            call.Fail(409, "API Key Organization ID And Name Must Be Unique", "API key, organization ID and name must be unique", since: 7);
            return;
        }

        var key = call.State.Credentials.AddApiKey(call.Caller.OrgId, name, role, call.Now, expires);
        call.Json(json =>
        {
            json.WriteStartObject();
            if (call.Version.IsAtLeast(7, 2))
            {
                json.WriteNumber("id", key.Id);
            }

            json.WriteString("name", name);
            json.WriteString("key", key.Key);
            json.WriteEndObject();
        });
    }

    private static bool TryLifetime(ApiCall call, out DateTimeOffset? expires)
    {
        var seconds = call.Body.Number("secondsToLive");
        expires = seconds == 0 ? null : call.Now.AddSeconds(seconds);
        var refusal = seconds < 0 ? (call.Version.IsAtLeast(7) ? "negative value for SecondsToLive" : "Negative value for SecondsToLive")
            : call.Options.ApiKeyMaxSecondsToLive is not { } most ? null
            : seconds == 0 ? "Number of seconds before expiration should be set"
            : seconds > most ? "Number of seconds before expiration is greater than the global limit"
            : null;
        if (refusal is not null)
        {
            call.Fail(400, refusal);
        }

        return refusal is null;
    }

    private static void Delete(ApiCall call)
    {
        if (!call.TryId(0, "id", out var id))
        {
            return;
        }

        var key = Keys(call).FirstOrDefault(key => key.Id == id);
        if (key is null && call.Version.IsAtLeast(8))
        {
            call.Fail(404, "API key not found");
            return;
        }

        if (key is not null)
        {
            call.State.Credentials.Remove(key);
        }

        call.Ok("API key deleted");
    }
}
