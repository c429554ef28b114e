namespace Baton.Testing.Grafana.Api;

/// <summary>The organization that the caller is in.</summary>
internal static class CurrentOrgApi
{
    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/org", new(AccessLevel.SignedIn, "orgs:read"), Get),
        new("PUT", "/api/org", Access.OrgAdmin("orgs:write"), Rename),
    ];

    private static void Get(ApiCall call)
    {
        if (call.State.Orgs.Find(call.Caller.OrgId) is { } org)
        {
            OrgsApi.WriteOrg(call, org);
        }
        else
        {
            OrgsApi.NotFound(call);
        }
    }

    private static void Rename(ApiCall call)
    {
        if (!call.TryBind("Name"))
        {
            return;
        }

        var name = call.Body.Text("name");
        if (call.State.Orgs.FindByName(name) is { } other && other.Id != call.Caller.OrgId)
        {
            call.Fail(400, "Organization name taken");
        }
        else if (call.State.Orgs.Find(call.Caller.OrgId) is not { } org)
        {
            OrgsApi.NotFound(call);
        }
        else
        {
            call.State.Orgs.Rename(org, name);
            call.Ok("Organization updated");
        }
    }
}
