using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Limits of organizations and accounts, where the instance has any.</summary>
internal static class QuotasApi
{
    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/org/quotas", new(AccessLevel.SignedIn, "orgs.quotas:read"), ListOwn),
        new("GET", "/api/orgs/:orgId/quotas", Access.ServerAdmin("orgs.quotas:read"), List),
        new("PUT", "/api/orgs/:orgId/quotas/:target", Access.ServerAdmin("orgs.quotas:write"), Update),
        new("GET", "/api/admin/users/:id/quotas", Access.ServerAdmin("users.quotas:read", "global.users:id:"), ListOfUser),
    ];

    private static bool AreEnabled(ApiCall call, [NotNullWhen(true)] out GrafanaQuotas? quotas)
    {
        quotas = call.Options.Quotas;
        if (quotas is null && call.Version.IsAtLeast(10))
        {
            call.FailWithId(404, "quota.disabled", "Quotas not enabled");
        }
        else if (quotas is null)
        {
            call.Fail(404, "Quotas not enabled");
        }

        return quotas is not null;
    }

    private static void ListOwn(ApiCall call)
    {
        if (!AreEnabled(call, out var quotas))
        {
            return;
        }

        // 6.5 forgets which organization it was asked about.
        var org = call.Version.IsModern ? call.State.Orgs.Find(call.Caller.OrgId) : null;
        Write(call, quotas, org ?? new() { Id = 0, Name = "" });
    }

    private static void List(ApiCall call)
    {
        if (!call.TryId(0, "orgId", out var id) || !AreEnabled(call, out var quotas))
        {
            return;
        }

        Write(call, quotas, call.State.Orgs.Find(id) ?? new() { Id = id, Name = "" });
    }

    private static void Write(ApiCall call, GrafanaQuotas quotas, OrgRow org) => call.Json(json =>
    {
        json.WriteStartArray();
        foreach (var target in QuotaGuard.OrgTargets)
        {
            WriteRow(json, "org_id", org.Id, target, QuotaGuard.Limit(quotas, org, target), QuotaGuard.Used(call.State, org, target));
        }

        json.WriteEndArray();
    });

    private static void Update(ApiCall call)
    {
        if (!call.TryId(0, "orgId", out var id) || !call.TryBind() || !AreEnabled(call, out _))
        {
            return;
        }

        if (!QuotaGuard.OrgTargets.Contains(call.RouteValues[1], StringComparer.Ordinal))
        {
            call.Fail(404, "Invalid quota target");
        }
        else if (call.State.Orgs.Find(id) is not { } org)
        {
            OrgsApi.NotFound(call);
        }
        else
        {
            org.Quotas[call.RouteValues[1]] = call.Body.Number("limit");
            call.Ok("Organization quota updated");
        }
    }

    private static void ListOfUser(ApiCall call)
    {
        if (!call.TryId(0, "id", out var id) || !AreEnabled(call, out var quotas))
        {
            return;
        }

        call.Json(json =>
        {
            json.WriteStartArray();
            WriteRow(json, "user_id", id, "org_user", quotas.UserOrg, call.State.Users.Find(id)?.Memberships.Count ?? 0);
            json.WriteEndArray();
        });
    }

    private static void WriteRow(Utf8JsonWriter json, string idName, long id, string target, long limit, long used)
    {
        json.WriteStartObject();
        json.WriteNumber(idName, id);
        json.WriteString("target", target);
        json.WriteNumber("limit", limit);
        json.WriteNumber("used", used);
        json.WriteEndObject();
    }
}
