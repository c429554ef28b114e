using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>A team as the API shows it. The permission in it is the caller's own.</summary>
internal static class TeamJson
{
    public static void WriteArray(ApiCall call, IEnumerable<TeamRow> teams) => call.Json(json =>
    {
        json.WriteStartArray();
        foreach (var team in teams)
        {
            Write(call, json, team);
        }

        json.WriteEndArray();
    });

    public static void Write(ApiCall call, Utf8JsonWriter json, TeamRow team)
    {
        json.WriteStartObject();
        json.WriteNumber("id", team.Id);
        if (call.Version.IsAtLeast(10))
        {
            json.WriteString("uid", team.Uid);
        }

        json.WriteNumber("orgId", team.OrgId);
        json.WriteString("name", team.Name);
        json.WriteString("email", team.Email);
        if (call.Version.IsAtLeast(12))
        {
            json.WriteString("externalUID", team.ExternalUid);
            json.WriteBoolean("isProvisioned", team.IsProvisioned);
        }

        json.WriteString("avatarUrl", Avatars.OfTeam(team.Email, team.Name, call.Options));
        json.WriteNumber("memberCount", team.Members.Count);
        json.WriteNumber("permission", call.Caller.User is { } user ? team.Members.GetValueOrDefault(user.Id) : 0);
        if (call.Version.IsAtLeast(8))
        {
            json.WriteNull("accessControl");
        }

        json.WriteEndObject();
    }
}
