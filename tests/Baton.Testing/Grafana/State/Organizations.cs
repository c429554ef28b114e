namespace Baton.Testing.Grafana.State;

/// <summary>All organizations, by id and in the order of their names.</summary>
internal sealed class Organizations
{
    private readonly Dictionary<long, OrgRow> _byId = [];
    private OrgRow[]? _ordered;

    public int Count => _byId.Count;

    public OrgRow[] ByName => _ordered ??= [.. _byId.Values.OrderBy(org => org.Name, StringComparer.Ordinal)];

    public OrgRow? Find(long id) => _byId.GetValueOrDefault(id);

    public OrgRow? FindByName(string name) => _byId.Values.FirstOrDefault(org => org.Name == name);

    public void Add(OrgRow org)
    {
        _byId.Add(org.Id, org);
        _ordered = null;
    }

    public void Remove(OrgRow org)
    {
        _byId.Remove(org.Id);
        _ordered = null;
    }

    public void Rename(OrgRow org, string name)
    {
        org.Name = name;
        _ordered = null;
    }
}
