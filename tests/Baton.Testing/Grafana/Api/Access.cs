namespace Baton.Testing.Grafana.Api;

/// <summary>
/// What a route asks of its caller: a level of authority before 9.0, an action on a scope from then on.
/// The scope is a prefix, followed by the first parameter of the route.
/// </summary>
internal sealed record Access(AccessLevel Level, string? Action = null, string? Scope = null)
{
    /// <summary>No credential is asked for; one that is given must still be good.</summary>
    public static Access Public { get; } = new(AccessLevel.Public);

    public static Access SignedIn { get; } = new(AccessLevel.SignedIn);

    public static Access ServerAdmin(string action) => new(AccessLevel.ServerAdmin, action);

    public static Access ServerAdmin(string action, string scope) => new(AccessLevel.ServerAdmin, action, scope);

    public static Access OrgAdmin(string action) => new(AccessLevel.OrgAdmin, action);

    public static Access OrgAdmin(string action, string scope) => new(AccessLevel.OrgAdmin, action, scope);

    public static Access Teams(string action) => new(AccessLevel.Teams, action);

    public static Access Teams(string action, string scope) => new(AccessLevel.Teams, action, scope);

    public bool IsGranted(ApiCall call) => call.Version.IsModern && Action is not null ? IsPermitted(call) : HasLevel(call);

    // No role of an organization opens the routes of the whole instance, whatever actions it brings;
    // only the actions on accounts can be given to somebody who is no server administrator.
    private bool IsPermitted(ApiCall call)
        => Level == AccessLevel.ServerAdmin && (call.Caller.IsServerAdmin || !Action!.StartsWith("users", StringComparison.Ordinal))
            ? call.Caller.IsServerAdmin
            : Scope is null
                ? call.Caller.Permissions.Has(Action!)
                : call.Caller.Permissions.Has(Action!, Scope + call.RouteValues[0]);

    private bool HasLevel(ApiCall call) => Level switch
    {
        AccessLevel.ServerAdmin => call.Caller.IsServerAdmin,
        AccessLevel.OrgAdmin => call.Caller.Role == GrafanaRole.Admin,
        AccessLevel.Teams => call.Caller.Role == GrafanaRole.Admin
            || (call.Caller.Role == GrafanaRole.Editor && call.Options.EditorsCanAdmin),
        _ => true,
    };
}
