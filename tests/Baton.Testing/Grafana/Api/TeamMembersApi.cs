using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Who belongs to a team, and who administrates it.</summary>
internal static class TeamMembersApi
{
    private const string Id = "teams:id:";

    public static IEnumerable<Route> Routes(GrafanaVersion version)
    {
        yield return new("GET", "/api/teams/:teamId/members", Access.Teams("teams.permissions:read", Id), List);
        yield return new("POST", "/api/teams/:teamId/members", Access.Teams("teams.permissions:write", Id), Add);
        yield return new("PUT", "/api/teams/:teamId/members/:userId", Access.Teams("teams.permissions:write", Id), SetPermission);
        yield return new("DELETE", "/api/teams/:teamId/members/:userId", Access.Teams("teams.permissions:write", Id), Remove);
        if (version.IsAtLeast(11))
        {
            yield return new("PUT", "/api/teams/:teamId/members", Access.Teams("teams.permissions:write", Id), Replace);
        }
    }

    private static void List(ApiCall call)
    {
        if (!call.TryId(0, "teamId", out var id))
        {
            return;
        }

        var team = TeamsApi.Find(call, id);
        var isVisible = call.Version.IsModern ? call.Caller.Permissions.Filter("org.users:read", "users:id:") : static _ => true;
        var members = (team?.Members.Keys ?? Enumerable.Empty<long>())
            .Where(isVisible)
            .Select(call.State.Users.Find)
            .OfType<UserRow>()
            .Where(user => !OrgUsersApi.IsHidden(call, user))
            .OrderBy(user => user.Login, StringComparer.Ordinal);
        call.Json(json =>
        {
            json.WriteStartArray();
            foreach (var user in members)
            {
                Write(call, json, team!, user);
            }

            json.WriteEndArray();
        });
    }

    private static void Write(ApiCall call, Utf8JsonWriter json, TeamRow team, UserRow user)
    {
        json.WriteStartObject();
        json.WriteNumber("orgId", team.OrgId);
        json.WriteNumber("teamId", team.Id);
        if (call.Version.IsAtLeast(11))
        {
            json.WriteString("teamUID", team.Uid);
        }

        json.WriteNumber("userId", user.Id);
        if (call.Version.IsAtLeast(11))
        {
            json.WriteString("userUID", user.Uid);
        }

        json.WriteString("auth_module", user.AuthModule ?? "");
        json.WriteString("email", user.Email);
        if (call.Version.IsAtLeast(7))
        {
            json.WriteString("name", user.Name);
        }

        json.WriteString("login", user.Login);
        json.WriteString("avatarUrl", Avatars.OfUser(user.Email, call.Options));
        json.WriteStartArray("labels");
        if (team.SyncedMembers.Contains(user.Id) && user.AuthModule is { } module)
        {
            json.WriteStringValue(AuthLabels.For(module, call.Version));
        }

        json.WriteEndArray();
        json.WriteNumber("permission", team.Members[user.Id]);
        json.WriteEndObject();
    }

    private static void Add(ApiCall call)
    {
        if (!call.TryBind("UserId")
            || !TryChangeable(call, "Not allowed to add team member", out var team))
        {
            return;
        }

        var userId = call.Body.Number("userId");
        if (call.Version.IsModern && call.State.Users.Find(userId)?.MembershipIn(team.OrgId) is null)
        {
            call.Fail(500, "Failed to add Member to Team");
        }
        else if (!team.Members.TryAdd(userId, TeamRow.Member))
        {
            call.Fail(400, "User is already added to this team");
        }
        else
        {
            call.Ok("Member added to Team");
        }
    }

    private static void SetPermission(ApiCall call)
    {
        if (!call.TryId(1, "userId", out var userId)
            || !call.TryBind()
            || !TryChangeable(call, "Not allowed to update team member", out var team))
        {
            return;
        }

        if (!team.Members.ContainsKey(userId))
        {
            call.Fail(404, "Team member not found.");
            return;
        }

        team.Members[userId] = (int)call.Body.Number("permission");
        call.Ok("Team member updated");
    }

    private static void Remove(ApiCall call)
    {
        if (!call.TryId(1, "userId", out var userId) || !TryChangeable(call, "Not allowed to remove team member", out var team))
        {
            return;
        }

        if (!team.Members.Remove(userId))
        {
            call.Fail(404, "Team member not found");
            return;
        }

        team.SyncedMembers.Remove(userId);
        call.Ok("Team Member removed");
    }

    private static void Replace(ApiCall call)
    {
        if (!call.TryBind() || !TryChangeable(call, "Not allowed to update team member", out var team))
        {
            return;
        }

        var members = new Dictionary<long, int>();
        foreach (var (list, permission) in ((string, int)[])[("members", TeamRow.Member), ("admins", TeamRow.Administrator)])
        {
            foreach (var email in call.Body.Texts(list))
            {
                if (call.State.Users.FindByEmail(email) is not { } user)
                {
                    call.Fail(404, "user not found");
                    return;
                }

                members[user.Id] = permission;
            }
        }

        team.Members.Clear();
        foreach (var (userId, permission) in members)
        {
            team.Members.Add(userId, permission);
        }

        call.Ok("Team memberships have been updated");
    }

    private static bool TryChangeable(
        ApiCall call, string refusal, [NotNullWhen(true)] out TeamRow? team)
    {
        if (!TeamsApi.TryTeam(call, out team) || !TeamsApi.MayAdminister(call, team, refusal))
        {
            return false;
        }

        if (team.IsProvisioned && call.Version.IsAtLeast(12))
        {
            call.Fail(400, "Team memberships cannot be updated for provisioned teams");
            return false;
        }

        return true;
    }
}
