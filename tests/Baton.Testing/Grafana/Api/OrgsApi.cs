using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>All organizations of the instance.</summary>
internal static class OrgsApi
{
    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/orgs", Access.ServerAdmin("orgs:read"), List),
        new("POST", "/api/orgs", Access.SignedIn, Create),
        new("GET", "/api/orgs/name/:name", Access.ServerAdmin("orgs:read"), GetByName),
        new("GET", "/api/orgs/:orgId", Access.ServerAdmin("orgs:read"), Get),
        new("PUT", "/api/orgs/:orgId", Access.ServerAdmin("orgs:write"), Rename),
        new("DELETE", "/api/orgs/:orgId", Access.ServerAdmin("orgs:delete"), Delete),
    ];

    public static void WriteOrg(ApiCall call, OrgRow org) => call.Json(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("id", org.Id);
        json.WriteString("name", org.Name);
        json.WriteStartObject("address");
        foreach (var line in (ReadOnlySpan<string>)["address1", "address2", "city", "zipCode", "state", "country"])
        {
            json.WriteString(line, "");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static void NotFound(ApiCall call)
    {
        if (call.Version.IsAtLeast(11))
        {
            call.FailWithId(404, "org.notFound", "organization not found");
        }
        else
        {
            call.Fail(404, "Organization not found");
        }
    }

    private static void List(ApiCall call)
    {
        var orgs = call.State.Orgs.ByName;
        if (call.Query("name") is { Length: > 0 } name)
        {
            orgs = Array.FindAll(orgs, org => org.Name == name);
        }

        if (call.Query("query") is { Length: > 0 } query)
        {
            orgs = Array.FindAll(orgs, org => org.Name.StartsWith(query, StringComparison.OrdinalIgnoreCase));
        }

        // The one listing that counts pages from 0; before 7.2 it shows its first thousand whatever is asked.
        var page = call.Version.IsAtLeast(7, 2) ? new Page(call.QueryNumber("page", 0, 0) + 1, Page.Of(call).Size) : new Page(1, 1000);
        call.Json(json =>
        {
            json.WriteStartArray();
            foreach (var org in page.Cut(orgs))
            {
                WriteRow(json, org);
            }

            json.WriteEndArray();
        });
    }

    private static void WriteRow(Utf8JsonWriter json, OrgRow org)
    {
        json.WriteStartObject();
        json.WriteNumber("id", org.Id);
        json.WriteString("name", org.Name);
        json.WriteEndObject();
    }

    private static void Get(ApiCall call)
    {
        if (call.TryId(0, "orgId", out var id))
        {
            WriteIfFound(call, call.State.Orgs.Find(id));
        }
    }

    private static void GetByName(ApiCall call) => WriteIfFound(call, call.State.Orgs.FindByName(call.RouteValues[0]));

    private static void WriteIfFound(ApiCall call, OrgRow? org)
    {
        if (org is null)
        {
            NotFound(call);
        }
        else
        {
            WriteOrg(call, org);
        }
    }

    private static void Create(ApiCall call)
    {
        if (!call.TryBind("Name"))
        {
            return;
        }

        if (!call.Caller.IsServerAdmin && !call.Options.AllowOrgCreate)
        {
            call.Deny("orgs:create");
            return;
        }

        if (call.State.Orgs.FindByName(call.Body.Text("name")) is not null)
        {
            call.Fail(409, "Organization name taken");
            return;
        }

        var org = call.State.AddOrg(call.Body.Text("name"));
        if (call.Caller.User is { } user)
        {
            call.State.AddMember(org, user, GrafanaRole.Admin);
        }

        call.Ok("Organization created", "orgId", org.Id);
    }

    private static void Rename(ApiCall call)
    {
        if (!call.TryId(0, "orgId", out var id) || !call.TryBind("Name"))
        {
            return;
        }

        var name = call.Body.Text("name");
        if (call.State.Orgs.FindByName(name) is { } other && other.Id != id)
        {
            call.Fail(400, "Organization name taken");
        }
        else if (call.State.Orgs.Find(id) is not { } org)
        {
            NotFound(call);
        }
        else
        {
            call.State.Orgs.Rename(org, name);
            call.Ok("Organization updated");
        }
    }

    private static void Delete(ApiCall call)
    {
        if (!call.TryId(0, "orgId", out var id))
        {
            return;
        }

        if (call.Version.IsAtLeast(8, 2) && call.Caller.OrgId == id)
        {
            call.Fail(400, "Can not delete org for current user");
        }
        else if (call.State.Orgs.Find(id) is not { } org)
        {
            call.Fail(404, "Failed to delete organization. ID not found");
        }
        else
        {
            call.State.RemoveOrg(org);
            call.Ok("Organization deleted");
        }
    }
}
