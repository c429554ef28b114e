using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>The service accounts of the caller's organization.</summary>
internal static class ServiceAccountsApi
{
    private const string Id = "serviceaccounts:id:";

    public static IEnumerable<Route> Routes(GrafanaVersion version) => !version.IsModern ? [] :
    [
        new("GET", "/api/serviceaccounts/search", Access.OrgAdmin("serviceaccounts:read"), Search),
        new("POST", "/api/serviceaccounts", Access.OrgAdmin("serviceaccounts:create"), Create),
        new("GET", "/api/serviceaccounts/:id", Access.OrgAdmin("serviceaccounts:read", Id), Get),
        new("PATCH", "/api/serviceaccounts/:id", Access.OrgAdmin("serviceaccounts:write", Id), Update),
        new("DELETE", "/api/serviceaccounts/:id", Access.OrgAdmin("serviceaccounts:delete", Id), Delete),
    ];

    /// <summary>
    /// The account of the id in the path, if it belongs to the caller's organization; otherwise the call has been answered.
    /// </summary>
    public static bool TryFind(ApiCall call, [NotNullWhen(true)] out ServiceAccountRow? account)
    {
        account = null;
        if (!call.TryId(0, "Service Account ID", out var id))
        {
            return false;
        }

        if (call.State.Credentials.ServiceAccounts.TryGetValue(id, out var found) && found.OrgId == call.Caller.OrgId)
        {
            account = found;
            return true;
        }

        call.FailWithId(404, "serviceaccounts.ErrNotFound", "service account not found");
        return false;
    }

    private static void Search(ApiCall call)
    {
        var isVisible = call.Caller.Permissions.Filter("serviceaccounts:read", Id);
        var query = call.Query("query") ?? "";
        var accounts = call.State.Credentials.ServiceAccounts.Values
            .Where(account => account.OrgId == call.Caller.OrgId && isVisible(account.Id))
            .Where(account => account.Name.Contains(query, StringComparison.OrdinalIgnoreCase)
                || account.Login.Contains(query, StringComparison.OrdinalIgnoreCase))
            .Where(account => call.Query("disabled") != "true" || account.IsDisabled)
            .OrderBy(account => account.Login, StringComparer.Ordinal)
            .ToArray();
        var page = Page.Of(call);
        call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("totalCount", accounts.Length);
            json.WriteStartArray("serviceAccounts");
            foreach (var account in page.Cut(accounts))
            {
                Write(call, json, account);
            }

            json.WriteEndArray();
            page.WriteTail(json);
        });
    }

    private static void Write(ApiCall call, Utf8JsonWriter json, ServiceAccountRow account)
    {
        json.WriteStartObject();
        json.WriteNumber("id", account.Id);
        if (call.Version.IsAtLeast(11))
        {
            json.WriteString("uid", account.Uid);
        }

        json.WriteString("name", account.Name);
        json.WriteString("login", account.Login);
        json.WriteNumber("orgId", account.OrgId);
        json.WriteBoolean("isDisabled", account.IsDisabled);
        if (call.Version.IsAtLeast(10))
        {
            json.WriteBoolean("isExternal", false);
        }

        json.WriteString("role", account.Role.ToString());
        json.WriteNumber("tokens", account.Tokens.Count);
        json.WriteString("avatarUrl", Avatars.OfUser(account.Login, call.Options));
        json.WriteEndObject();
    }

    private static void Get(ApiCall call)
    {
        if (TryFind(call, out var account))
        {
            call.Json(json => Write(call, json, account));
        }
    }

    private static void Create(ApiCall call)
    {
        if (!call.TryBind("Name"))
        {
            return;
        }

        var role = GrafanaRole.Viewer;
        if (call.Body.Has("role") && !Roles.TryAssign(call, out role))
        {
            return;
        }

        var name = call.Body.Text("name");
        if (call.State.Credentials.ServiceAccounts.Values.Any(other => other.OrgId == call.Caller.OrgId && other.Name == name))
        {
            call.FailWithId(400, "serviceaccounts.ErrAlreadyExists", "service account already exists");
            return;
        }

        var account = call.State.AddServiceAccount(call.Caller.OrgId, name, role);
        account.IsDisabled = call.Body.Flag("isDisabled");
        call.Answer.WriteJson(201, json => Write(call, json, account));
    }

    private static void Update(ApiCall call)
    {
        if (!call.TryBind() || !TryFind(call, out var account))
        {
            return;
        }

        var role = account.Role;
        if (call.Body.Has("role") && !Roles.TryAssign(call, out role))
        {
            return;
        }

        account.Role = role;
        account.Name = call.Body.Has("name") ? call.Body.Text("name") : account.Name;
        account.IsDisabled = call.Body.Has("isDisabled") ? call.Body.Flag("isDisabled") : account.IsDisabled;
        call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", account.Id);
            json.WriteString("message", "Service account updated");
            json.WriteString("name", account.Name);
            json.WritePropertyName("serviceaccount");
            Write(call, json, account);
            json.WriteEndObject();
        });
    }

    private static void Delete(ApiCall call)
    {
        if (TryFind(call, out var account))
        {
            call.State.Credentials.Remove(account);
            call.Ok("Service account deleted");
        }
    }
}
