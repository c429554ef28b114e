using System.Globalization;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>The actions a caller may perform, each with the scopes that it may perform it on.</summary>
internal sealed class PermissionSet(IReadOnlyDictionary<string, string[]> actions)
{
    private const string Accounts = "global.users:*";
    private const string Members = "users:*";
    private const string AllTeams = "teams:*";
    private const string AllServiceAccounts = "serviceaccounts:*";
    private const string Delegation = "permissions:type:delegate";

    private static readonly (GrafanaRole From, string Action, string[] Scopes)[] OfRoles =
    [
        (GrafanaRole.Viewer, "orgs:read", []),
        (GrafanaRole.Admin, "orgs:write", []),
        (GrafanaRole.Admin, "orgs.quotas:read", []),
        (GrafanaRole.Admin, "org.users:read", [Members]),
        (GrafanaRole.Admin, "org.users:add", [Members]),
        (GrafanaRole.Admin, "org.users:write", [Members]),
        (GrafanaRole.Admin, "org.users:remove", [Members]),
        (GrafanaRole.Admin, "teams:create", []),
        (GrafanaRole.Admin, "teams:read", [AllTeams]),
        (GrafanaRole.Admin, "teams:write", [AllTeams]),
        (GrafanaRole.Admin, "teams:delete", [AllTeams]),
        (GrafanaRole.Admin, "teams.permissions:read", [AllTeams]),
        (GrafanaRole.Admin, "teams.permissions:write", [AllTeams]),
        (GrafanaRole.Admin, "serviceaccounts:create", []),
        (GrafanaRole.Admin, "serviceaccounts:read", [AllServiceAccounts]),
        (GrafanaRole.Admin, "serviceaccounts:write", [AllServiceAccounts]),
        (GrafanaRole.Admin, "serviceaccounts:delete", [AllServiceAccounts]),
        (GrafanaRole.Admin, "roles:read", ["roles:*"]),
        (GrafanaRole.Admin, "users.roles:read", [Members]),
        (GrafanaRole.Admin, "users.roles:add", [Delegation]),
        (GrafanaRole.Admin, "users.roles:remove", [Delegation]),
        (GrafanaRole.Admin, "teams.roles:read", [AllTeams]),
        (GrafanaRole.Admin, "teams.roles:add", [Delegation]),
        (GrafanaRole.Admin, "teams.roles:remove", [Delegation]),
        (GrafanaRole.Admin, "apikeys:create", []),
        (GrafanaRole.Admin, "apikeys:read", ["apikeys:*"]),
        (GrafanaRole.Admin, "apikeys:delete", ["apikeys:*"]),
    ];

    private static readonly (string Action, string[] Scopes)[] OfServerAdmins =
    [
        ("orgs:create", []), ("orgs:delete", []), ("orgs:write", []), ("orgs.quotas:write", []),
        ("users:read", [Accounts]), ("users:write", [Accounts]), ("users:create", []), ("users:delete", [Accounts]),
        ("users:enable", [Accounts]), ("users:disable", [Accounts]), ("users:logout", [Accounts]),
        ("users.password:write", [Accounts]), ("users.permissions:write", [Accounts]), ("users.authtoken:read", [Accounts]),
        ("users.quotas:read", [Accounts]), ("ldap.user:read", []), ("ldap.user:sync", []), ("ldap.status:read", []),
    ];

    public static PermissionSet Nothing { get; } = new(new Dictionary<string, string[]>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, string[]> Actions { get; } = actions;

    /// <param name="teams">The teams of the organization that the caller belongs to, each of which it may read.</param>
    public static PermissionSet Of(GrafanaRole? role, bool isServerAdmin, IEnumerable<TeamRow> teams)
    {
        var actions = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (from, action, scopes) in OfRoles)
        {
            if (role >= from)
            {
                actions[action] = scopes;
            }
        }

        foreach (var (action, scopes) in isServerAdmin ? OfServerAdmins : [])
        {
            actions[action] = scopes;
        }

        // A server administrator manages the members of any organization that he belongs to, with whatever role; but not its teams, nor
        // its service accounts.
        foreach (var (_, action, scopes) in isServerAdmin && role is not null ? OfRoles.Where(IsOfMembersOrRoles) : [])
        {
            actions[action] = scopes;
        }

        if (!actions.ContainsKey("teams:read")
            && teams.Select(team => string.Create(CultureInfo.InvariantCulture, $"teams:id:{team.Id}")).ToArray() is { Length: > 0 } own)
        {
            actions["teams:read"] = own;
        }

        return new(actions);
    }

    public bool Has(string action) => Actions.ContainsKey(action);

    /// <summary>Whether the action may be performed on this one thing, named as <c>users:id:7</c>.</summary>
    public bool Has(string action, string scope)
        => Actions.TryGetValue(action, out var scopes) && scopes.Any(given => Covers(given, scope));

    /// <summary>Whether the action may be performed on the one thing, by a filter made once for a whole listing.</summary>
    /// <param name="kind">As <c>users:id:</c>, before the id.</param>
    public Func<long, bool> Filter(string action, string kind)
    {
        if (!Actions.TryGetValue(action, out var scopes))
        {
            return static _ => false;
        }

        if (scopes.Any(given => Covers(given, kind + "0")))
        {
            return static _ => true;
        }

        var ids = scopes
            .Where(scope => scope.StartsWith(kind, StringComparison.Ordinal))
            .Select(scope => long.TryParse(scope[kind.Length..], CultureInfo.InvariantCulture, out var id) ? id : -1)
            .ToHashSet();
        return ids.Contains;
    }

    private static bool IsOfMembersOrRoles((GrafanaRole From, string Action, string[] Scopes) one)
        => one.Action.StartsWith("org", StringComparison.Ordinal)
            || one.Action.StartsWith("roles", StringComparison.Ordinal)
            || one.Action.StartsWith("users.roles", StringComparison.Ordinal);

    private static bool Covers(string given, string scope)
        => given == scope || (given.EndsWith('*') && scope.StartsWith(given[..^1], StringComparison.Ordinal));
}
