using System.Diagnostics.CodeAnalysis;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>The teams of the caller's organization.</summary>
internal static class TeamsApi
{
    private const string Id = "teams:id:";

    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/teams/search", new(AccessLevel.SignedIn, "teams:read"), Search),
        new("POST", "/api/teams", Access.Teams("teams:create"), Create),
        new("GET", "/api/teams/:teamId", new(AccessLevel.SignedIn, "teams:read", Id), Get),
        new("PUT", "/api/teams/:teamId", Access.Teams("teams:write", Id), Update),
        new("DELETE", "/api/teams/:teamId", Access.Teams("teams:delete", Id), Delete),
    ];

    /// <summary>The team of the id in the path, if it belongs to the caller's organization; otherwise the call has been answered.</summary>
    public static bool TryTeam(ApiCall call, [NotNullWhen(true)] out TeamRow? team, string missing = "Team not found")
    {
        team = null;
        if (!call.TryId(0, "teamId", out var id))
        {
            return false;
        }

        team = Find(call, id);
        if (team is null)
        {
            call.Fail(404, missing);
        }

        return team is not null;
    }

    public static TeamRow? Find(ApiCall call, long id)
        => call.State.Teams.TryGetValue(id, out var team) && team.OrgId == call.Caller.OrgId ? team : null;

    /// <summary>
    /// In releases before actions and scopes, whoever is no Admin of the organization may change only the teams that he administrates.
    /// </summary>
    public static bool MayAdminister(ApiCall call, TeamRow team, string refusal)
    {
        var may = call.Version.IsModern
            || call.Caller.Role == GrafanaRole.Admin
            || (call.Caller.User is { } user && team.Members.GetValueOrDefault(user.Id) == TeamRow.Administrator);
        if (!may)
        {
            call.Fail(403, refusal);
        }

        return may;
    }

    private static void Search(ApiCall call)
    {
        var teams = call.State.Teams.Values.OrderBy(team => team.Name, StringComparer.Ordinal).ToArray();
        if (call.Query("query") is { Length: > 0 } query)
        {
            teams = Array.FindAll(teams, team => team.Name.Contains(query, StringComparison.OrdinalIgnoreCase));
        }

        if (call.Query("name") is { Length: > 0 } name)
        {
            teams = Array.FindAll(teams, team => team.Name == name);
        }

        // Until 7.5 it counts before it looks at the organization and at what the caller may see.
        var total = teams.Length;
        teams = Array.FindAll(teams, team => team.OrgId == call.Caller.OrgId && IsVisible(call, team));

        if (call.Version.IsAtLeast(8))
        {
            total = teams.Length;
        }

        var page = Page.Of(call);
        call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("totalCount", total);
            json.WriteStartArray("teams");
            foreach (var team in page.Cut(teams))
            {
                TeamJson.Write(call, json, team);
            }

            json.WriteEndArray();
            page.WriteTail(json);
        });
    }

    private static bool IsVisible(ApiCall call, TeamRow team)
        => call.Version.IsModern ? call.Caller.Permissions.Filter("teams:read", Id)(team.Id)
            : !call.Options.EditorsCanAdmin
                || call.Caller.Role == GrafanaRole.Admin
                || (call.Caller.User is { } user && team.Members.ContainsKey(user.Id));

    private static void Get(ApiCall call)
    {
        if (TryTeam(call, out var team))
        {
            call.Json(json => TeamJson.Write(call, json, team));
        }
    }

    private static void Create(ApiCall call)
    {
        if (!call.TryBind("Name"))
        {
            return;
        }

        var name = call.Body.Text("name");
        if (IsTaken(call, name, except: null))
        {
            call.Fail(409, "Team name taken");
            return;
        }

        var team = call.State.AddTeam(call.Caller.OrgId, name, call.Body.Text("email"));
        if (call.Caller.User is { } user && (call.Version.IsModern || call.Caller.Role == GrafanaRole.Editor))
        {
            team.Members[user.Id] = TeamRow.Administrator;
        }

        call.Answer.WriteJson(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", "Team created");
            json.WriteNumber("teamId", team.Id);
            if (call.Version.IsAtLeast(10))
            {
                json.WriteString("uid", team.Uid);
            }

            json.WriteEndObject();
        });
    }

    private static void Update(ApiCall call)
    {
        if (!call.TryBind("Name")
            || !TryTeam(call, out var team)
            || !MayAdminister(call, team, "Not allowed to update team"))
        {
            return;
        }

        if (IsTaken(call, call.Body.Text("name"), except: team))
        {
            call.Fail(400, "Team name taken");
            return;
        }

        team.Name = call.Body.Text("name");
        team.Email = call.Body.Text("email");
        call.Ok("Team updated");
    }

    private static void Delete(ApiCall call)
    {
        if (TryTeam(call, out var team, "Failed to delete Team. ID not found")
            && MayAdminister(call, team, "Not allowed to delete team"))
        {
            call.State.Teams.Remove(team.Id);
            call.Ok("Team deleted");
        }
    }

    private static bool IsTaken(ApiCall call, string name, TeamRow? except)
        => call.State.Teams.Values.Any(team => team.OrgId == call.Caller.OrgId && team.Name == name && team != except);
}
