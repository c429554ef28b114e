namespace Baton.Testing.Grafana.State;

/// <summary>The roles of access control, and who holds them. Enterprise only.</summary>
internal sealed class RoleAssignments
{
    private readonly Dictionary<string, RbacRole> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<(long OrgId, long Id, bool IsTeam), SortedSet<string>> _held = [];

    public IEnumerable<RbacRole> Roles => _roles.Values.OrderBy(role => role.Name, StringComparer.Ordinal);

    public RbacRole? Find(string uid) => _roles.GetValueOrDefault(uid);

    public void Add(RbacRole role) => _roles.Add(role.Uid, role);

    /// <param name="orgId">The organization; 0 for an assignment in all of them.</param>
    /// <param name="id">The account's, service account's or team's id.</param>
    /// <param name="isTeam">It is a team's.</param>
    public IEnumerable<RbacRole> Of(long orgId, long id, bool isTeam)
        => (_held.GetValueOrDefault((orgId, id, isTeam)) ?? []).Concat(_held.GetValueOrDefault((0, id, isTeam)) ?? [])
            .Distinct(StringComparer.Ordinal)
            .Select(uid => _roles[uid]);

    /// <summary>The ids of those who hold a role in an organization.</summary>
    public IEnumerable<long> Holders(long orgId, string uid, bool isTeam)
        => _held.Where(held => (held.Key.OrgId == orgId || held.Key.OrgId == 0) && held.Key.IsTeam == isTeam && held.Value.Contains(uid))
            .Select(held => held.Key.Id)
            .Distinct()
            .Order();

    public void Assign(long orgId, long id, bool isTeam, string uid)
    {
        if (!_held.TryGetValue((orgId, id, isTeam), out var uids))
        {
            _held.Add((orgId, id, isTeam), uids = new(StringComparer.Ordinal));
        }

        uids.Add(uid);
    }

    public bool Unassign(long orgId, long id, bool isTeam, string uid)
        => _held.TryGetValue((orgId, id, isTeam), out var uids) && uids.Remove(uid);

    public void Forget(long orgId, long id, bool isTeam) => _held.Remove((orgId, id, isTeam));
}
