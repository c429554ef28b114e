using Baton.Grafana.Api;

namespace Baton.Grafana.Permissions;

/// <summary>Which roles of access control are governed (<c>--role-scope</c>), and whose.</summary>
internal abstract record RoleScope
{
    /// <summary><c>irm-oncall</c>: the roles of Grafana's on-call and incident applications, as teams hold them. Upstream knows no other.</summary>
    public static readonly RoleScope IrmOnCall = new Applications("plugins:grafana-irm-app:", "plugins:grafana-oncall-app:");

    /// <summary><c>all</c>: every role that can be assigned, as teams, people and service accounts hold it.</summary>
    public static readonly RoleScope All = new Everything();

    private RoleScope()
    {
    }

    /// <summary>Whether the roles of people and service accounts are read too, and not only those of teams.</summary>
    public bool IncludesAccounts => this is Everything;

    public bool Includes(GrafanaRbacRole role) => role.Hidden != true && Covers(role.Name);

    protected abstract bool Covers(string name);

    private sealed record Applications(params string[] Prefixes) : RoleScope
    {
        protected override bool Covers(string name) => Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    // Basic roles are what organization roles are made of, and come with them. Managed ones are Grafana's own record of permissions on
    // single folders and dashboards.
    private sealed record Everything : RoleScope
    {
        protected override bool Covers(string name)
            => !name.StartsWith("basic:", StringComparison.Ordinal) && !name.StartsWith("managed:", StringComparison.Ordinal);
    }
}
