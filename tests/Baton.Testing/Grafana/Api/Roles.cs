namespace Baton.Testing.Grafana.Api;

/// <summary>Roles as bodies write them. Old releases take the exact words only; the empty one is always Viewer.</summary>
internal static class Roles
{
    public static bool TryRead(ApiCall call, out GrafanaRole role)
    {
        var text = call.Body.Text("role");
        role = GrafanaRole.Viewer;
        if (text.Length == 0)
        {
            return true;
        }

        return Enum.TryParse(text, ignoreCase: call.Version.IsModern, out role)
            && !char.IsAsciiDigit(text[0])
            && (role != GrafanaRole.None || call.Version.IsAtLeast(10, 2));
    }

    /// <summary>The role that the body assigns; false when it is none, or above the caller's own, and the call answered.</summary>
    public static bool TryAssign(ApiCall call, out GrafanaRole role)
    {
        if (!TryRead(call, out role) || (call.Version.IsModern && !call.Body.Has("role")))
        {
            call.Fail(400, "Invalid role specified");
            return false;
        }

        if (call.Version.IsModern && !call.Caller.IsServerAdmin && role > call.Caller.Role)
        {
            call.Fail(403, "Cannot assign a role higher than user's role");
            return false;
        }

        return true;
    }
}
