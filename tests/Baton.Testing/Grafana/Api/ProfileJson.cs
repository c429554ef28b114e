using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>An account on its own, as opposed to a row of a listing.</summary>
internal static class ProfileJson
{
    public static void Write(ApiCall call, Utf8JsonWriter json, UserRow user)
    {
        Start(json, user);
        json.WriteBoolean("isDisabled", user.IsDisabled);
        json.WriteBoolean("isExternal", user.AuthModule is not null);
        new RowWriter(call).WriteLabels(json, user);
        Finish(call, json, user, Avatars.OfUser(user.Email, call.Options));
    }

    /// <summary>As the look-up route has it: it does not ask how the account signs in, nor whether it may, and has no picture.</summary>
    public static void WriteLookup(ApiCall call, Utf8JsonWriter json, UserRow user)
    {
        Start(json, user);
        json.WriteBoolean("isDisabled", false);
        json.WriteBoolean("isExternal", false);
        json.WriteNull("authLabels");
        Finish(call, json, user, avatar: "");
    }

    private static void Start(Utf8JsonWriter json, UserRow user)
    {
        json.WriteStartObject();
        json.WriteNumber("id", user.Id);
        json.WriteString("email", user.Email);
        json.WriteString("name", user.Name);
        json.WriteString("login", user.Login);
        json.WriteString("theme", user.Theme);
        json.WriteNumber("orgId", user.OrgId);
        json.WriteBoolean("isGrafanaAdmin", user.IsServerAdmin);
    }

    private static void Finish(ApiCall call, Utf8JsonWriter json, UserRow user, string avatar)
    {
        json.WriteString("updatedAt", Timestamps.Format(user.Updated));
        json.WriteString("createdAt", Timestamps.Format(user.Created));
        if (call.Version.IsAtLeast(7))
        {
            json.WriteString("avatarUrl", avatar);
        }

        if (call.Version.IsAtLeast(9, 5))
        {
            json.WriteBoolean("isExternallySynced", call.State.IsExternallySynced(user));
            json.WriteBoolean("isGrafanaAdminExternallySynced", user.IsServerAdminExternallySynced);
        }

        if (call.Version.IsAtLeast(11))
        {
            json.WriteString("uid", user.Uid);
        }

        if (call.Version.IsAtLeast(12))
        {
            json.WriteBoolean("isProvisioned", user.IsProvisioned);
        }

        json.WriteEndObject();
    }
}
