using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>The tokens of one service account.</summary>
internal static class ServiceAccountTokensApi
{
    private const string Id = "serviceaccounts:id:";

    // What the newest releases send at most, without a word about the rest.
    private const int MostRows = 1000;

    public static IEnumerable<Route> Routes(GrafanaVersion version) => !version.IsModern ? [] :
    [
        new("GET", "/api/serviceaccounts/:id/tokens", Access.OrgAdmin("serviceaccounts:read", Id), List),
        new("POST", "/api/serviceaccounts/:id/tokens", Access.OrgAdmin("serviceaccounts:write", Id), Create),
        new("DELETE", "/api/serviceaccounts/:id/tokens/:tokenId", Access.OrgAdmin("serviceaccounts:write", Id), Delete),
    ];

    private static void List(ApiCall call)
    {
        if (!ServiceAccountsApi.TryFind(call, out var account))
        {
            return;
        }

        call.Json(json =>
        {
            json.WriteStartArray();
            foreach (var token in account.Tokens
                .OrderBy(token => token.Name, StringComparer.Ordinal)
                .Take(call.Version.IsAtLeast(10) ? MostRows : 300))
            {
                Write(call, json, token);
            }

            json.WriteEndArray();
        });
    }

    private static void Write(ApiCall call, Utf8JsonWriter json, TokenRow token)
    {
        json.WriteStartObject();
        json.WriteNumber("id", token.Id);
        json.WriteString("name", token.Name);
        json.WriteString("created", Timestamps.Format(token.Created));
        WriteTime(json, "lastUsedAt", token.LastUsed);
        WriteTime(json, "expiration", token.Expires);
        var left = token.Expires - call.Now;
        json.WriteNumber("secondsUntilExpiration", left < TimeSpan.FromDays(7) ? left.Value.TotalSeconds : 0);
        json.WriteBoolean("hasExpired", token.Expires <= call.Now);
        json.WriteBoolean("isRevoked", token.IsRevoked);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, Timestamps.Format(time.Value));
        }
    }

    private static void Create(ApiCall call)
    {
        if (!call.TryBind("Name") || !ServiceAccountsApi.TryFind(call, out var account))
        {
            return;
        }

        var (name, seconds) = (call.Body.Text("name"), call.Body.Number("secondsToLive"));
        if (seconds < 0)
        {
            call.FailWithId(400, "serviceaccounts.ErrInvalidTokenExpiration", "invalid SecondsToLive value");
        }
        else if (call.Options.ApiKeyMaxSecondsToLive is { } most && (seconds == 0 || seconds > most))
        {
            call.Fail(400, seconds == 0
                ? "Number of seconds before expiration should be set"
                : "Number of seconds before expiration is greater than the global limit");
        }
        else if (call.Options.TokenExpirationDayLimit is { } days && (seconds == 0 || seconds > TimeSpan.FromDays(days).TotalSeconds))
        {
            call.Answer.WriteText(400, "text/plain; charset=utf-8", "Maximum number of days before expiration is set to " + days);
        }
        else if (IsTaken(call, name))
        {
            const string Taken = "service account token with given name already exists in the organization";
            if (call.Version.IsAtLeast(10))
            {
                call.FailWithId(400, "serviceaccounts.ErrTokenAlreadyExists", Taken);
            }
            else
            {
                call.Fail(409, Taken);
            }
        }
        else
        {
            var expires = seconds == 0 ? default(DateTimeOffset?) : call.Now.AddSeconds(seconds);
            Answer(call, call.State.Credentials.AddToken(account, name, call.Now, expires));
        }
    }

    // Names are unique in the organization, not just in the account.
    private static bool IsTaken(ApiCall call, string name)
        => call.State.Credentials.ServiceAccounts.Values
            .Where(account => account.OrgId == call.Caller.OrgId)
            .SelectMany(account => account.Tokens)
            .Any(token => token.Name == name);

    private static void Answer(ApiCall call, TokenRow token) => call.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("id", token.Id);
        json.WriteString("name", token.Name);
        json.WriteString("key", token.Key);
        json.WriteEndObject();
    });

    private static void Delete(ApiCall call)
    {
        if (!ServiceAccountsApi.TryFind(call, out var account) || !call.TryId(1, "Token ID", out var id))
        {
            return;
        }

        if (account.Tokens.Find(token => token.Id == id) is not { } token)
        {
            call.Fail(404, "Failed to delete service account token");
            return;
        }

        call.State.Credentials.Remove(token);
        call.Ok("Service account token deleted");
    }
}
