using Baton.Cli.Explorer.Model;
using Baton.Evidence.Access;
using Baton.Evidence.Accounts;

namespace Baton.Cli.Explorer.Api;

/// <summary>
/// The graph around one resource, in layers from left to right: people, their roles on it, itself, its roles on others, and those.
/// </summary>
internal sealed class Neighbourhood
{
    // Together, with the center and what stands for more, below a hundred.
    private const int MostPeople = 24;
    private const int MostRolesOnIt = 12;
    private const int MostRolesOfIt = 24;
    private const int MostResources = 20;

    private readonly ExplorerIndex _index;
    private readonly Principal? _holder;
    private readonly AccessTarget? _target;
    private readonly Reference _center;
    private readonly List<GraphNode> _nodes = [];
    private readonly HashSet<GraphEdge> _edges = [];

    /// <param name="holder">The center as one that has access; null when it has none.</param>
    /// <param name="target">The center as one that access is to; null when it is not.</param>
    public Neighbourhood(ExplorerIndex index, Principal? holder, AccessTarget? target)
    {
        _index = index;
        _holder = holder;
        _target = target;
        _center = holder is { Kind: not AccountKind.Group } ? ReferenceTo(holder)
            : target is not null ? DocumentMaker.Reference(target)
            : ReferenceTo(holder!);
    }

    public GraphDocument Draw()
    {
        _nodes.Add(new("center", "center", 0, _center.TypeName, _center.Name, $"{_center.Type}:{_center.Id}", _center));
        DrawPeople();
        DrawResources();
        return new(_nodes, [.. _edges]);
    }

    private static string KeyOf(AccessRole role) => $"role {role.Id}";

    private static string KeyOf(AccessTarget target) => $"resource {target.Reference}";

    private static string KeyOf(Principal account) => $"account {account.Reference}";

    private static string How(AccessRow row) => DocumentMaker.Word(row.How.Way);

    private void DrawPeople()
    {
        if (_target is null)
        {
            return;
        }

        var held = _target.Roles.OrderBy(role => role.Order).Where(role => _index.CountRows(role) > 0).ToList();
        foreach (var role in held.Take(MostRolesOnIt))
        {
            AddRole(role, -1, DocumentMaker.Reference(_target), $"{_index.CountRows(role):N0} with it");
            _edges.Add(new(KeyOf(role), "center", "direct", role.IsPrivileged));
        }

        More(held.Count - MostRolesOnIt, "more-roles", -1, "Roles", "more roles", "people");
        var people = new HashSet<Principal>();
        foreach (var row in Spread(held.Take(MostRolesOnIt)))
        {
            if (people.Add(row.Account))
            {
                _nodes.Add(new(KeyOf(row.Account), "account", -2, "Who", row.Account.Name, Known(row.Account), ReferenceTo(row.Account)));
            }

            _edges.Add(new(KeyOf(row.Account), KeyOf(row.Role), How(row), row.Role.IsPrivileged));
        }

        More(_index.Count(_target).People - people.Count, "more-people", -2, "Who", "more people", "people");
    }

    private void DrawResources()
    {
        if (_holder is null)
        {
            return;
        }

        var targets = new HashSet<AccessTarget>();
        var roles = new HashSet<AccessRole>();
        var left = 0;
        foreach (var row in _index.RowsOf(_holder).OrderByDescending(row => row.Role.Rank).ThenBy(row => row.Role.Order))
        {
            var fits = (roles.Contains(row.Role) || roles.Count < MostRolesOfIt) && (targets.Contains(row.Target) || targets.Count < MostResources);
            if (!fits)
            {
                left++;
                continue;
            }

            if (roles.Add(row.Role))
            {
                AddRole(row.Role, 1, DocumentMaker.Reference(row.Target), row.How.Text);
                _edges.Add(new(KeyOf(row.Role), TargetKey(row.Target), "direct", row.Role.IsPrivileged));
            }

            if (targets.Add(row.Target) && TargetKey(row.Target) != "center")
            {
                _nodes.Add(new(KeyOf(row.Target), "resource", 2, "What", row.Target.Label, row.Target.TypeName, DocumentMaker.Reference(row.Target)));
            }

            _edges.Add(new("center", KeyOf(row.Role), How(row), row.Role.IsPrivileged));
        }

        More(left, "more-grants", 2, "What", "more grants", "access");
    }

    // Some of every role, so that one with thousands does not hide the others.
    private IEnumerable<AccessRow> Spread(IEnumerable<AccessRole> roles)
    {
        var all = roles.ToList();
        var room = MostPeople;
        for (var i = 0; i < all.Count; i++)
        {
            var share = Math.Max(1, room / (all.Count - i));
            foreach (var row in _index.RowsOf(all[i]).Take(share))
            {
                room--;
                yield return row;
            }
        }
    }

    private void AddRole(AccessRole role, int layer, Reference on, string detail)
    {
        // A role of a resource on itself would stand on both sides.
        if (!_nodes.Exists(node => node.Key == KeyOf(role)))
        {
            _nodes.Add(new(KeyOf(role), "role", layer, "Roles", role.Name, detail, on, Role: role.Id, Privileged: role.IsPrivileged));
        }
    }

    private void More(int count, string key, int layer, string layerName, string words, string show)
    {
        if (count > 0)
        {
            _nodes.Add(new(key, "more", layer, layerName, $"{count:N0} {words}", "show them all", _center, Show: show));
        }
    }

    // Many share a name.
    private static string Known(Principal account)
        => account.Email.Length > 0 ? account.Email : account.Login.Length > 0 ? account.Login : account.Reference;

    private string TargetKey(AccessTarget target) => target == _target ? "center" : KeyOf(target);

    private Reference ReferenceTo(Principal account) => new(account.TypeId, _index.TypeName(account.TypeId), account.Id, account.Name);
}
