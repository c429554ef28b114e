namespace Baton.Testing.Grafana.State;

/// <summary>One organization and its members.</summary>
internal sealed class OrgRow
{
    private readonly Dictionary<long, Membership> _members = [];
    private Membership[]? _ordered;

    public required long Id { get; init; }

    public required string Name { get; set; }

    public Dictionary<string, long> Quotas { get; } = new(StringComparer.Ordinal);

    public int MemberCount => _members.Count;

    /// <summary>By e-mail address, then by login, as the database's binary collation has it.</summary>
    public Membership[] Members => _ordered ??= Order();

    public bool HasAdmin(Membership? except = null)
        => _members.Values.Any(member => member.Role == GrafanaRole.Admin && !ReferenceEquals(member, except));

    public void Add(Membership membership)
    {
        _members.Add(membership.User.Id, membership);
        membership.User.Memberships.Add(membership);
        DropOrder();
    }

    public void Remove(Membership membership)
    {
        _members.Remove(membership.User.Id);
        membership.User.Memberships.Remove(membership);
        DropOrder();
    }

    public void DropOrder() => _ordered = null;

    private Membership[] Order()
    {
        var members = _members.Values.ToArray();
        Array.Sort(members, static (left, right) =>
            string.CompareOrdinal(left.User.Email, right.User.Email) is not 0 and var byEmail
                ? byEmail
                : string.CompareOrdinal(left.User.Login, right.User.Login));
        return members;
    }
}
