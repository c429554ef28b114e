namespace Baton.Evidence.Access;

/// <summary>How much a role may do, guessed from its name: good enough to say that somebody rose, or to sort by.</summary>
internal static class RoleRank
{
    public const int Unknown = 0;
    public const int Viewer = 1;
    public const int Editor = 2;
    public const int Admin = 3;

    public static int Of(string role) => role.ToLowerInvariant() switch
    {
        "none" or "guest" or "viewer" or "reader" or "read" or "view" or "member" => Viewer,
        "editor" or "writer" or "write" or "edit" or "contributor" or "maintainer" => Editor,
        "admin" or "administrator" or "owner" or "grafana admin" or "server admin" or "superuser" or "root" => Admin,
        _ => Unknown,
    };
}
