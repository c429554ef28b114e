namespace Baton.Sdk.Expansion;

/// <summary>
/// Which entitlement leads to which: an edge from S to D says that who holds S also holds D. Entitlements that lead to each other in a
/// circle are one node, since their holders lead to the same further entitlements; among themselves they copy nothing.
/// </summary>
internal sealed class EntitlementGraph
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _entitlements = [];
    private readonly Dictionary<(int Source, int Destination), Edge> _edges = [];

    public int EdgeCount => _edges.Count;

    /// <summary>Adds an edge, or widens the one that is there: deep wins over shallow, all types over some. False when it was there.</summary>
    public bool AddEdge(string source, string destination, bool shallow, IEnumerable<string> principalTypes)
    {
        var key = (IndexOf(source), IndexOf(destination));
        var edge = new Edge(shallow, principalTypes.ToHashSet(StringComparer.Ordinal));
        var isNew = !_edges.TryGetValue(key, out var present);
        _edges[key] = isNew ? edge : present!.Widen(edge);
        return isNew;
    }

    /// <summary>
    /// The nodes, every one after all that lead to it, and what leads to each. The order is stable: it follows the order in which the
    /// entitlements came.
    /// </summary>
    public IReadOnlyList<Node> InOrder()
    {
        var components = StronglyConnected.Components(_entitlements.Count, Successors());
        var componentOf = new int[_entitlements.Count];
        for (var i = 0; i < components.Count; i++)
        {
            foreach (var member in components[i])
            {
                componentOf[member] = i;
            }
        }

        // Components come with their successors first.
        var incoming = new Dictionary<int, SortedDictionary<int, Edge>>();
        var selfLoops = new HashSet<int>();
        foreach (var ((source, destination), edge) in _edges)
        {
            var (from, to) = (componentOf[source], componentOf[destination]);
            if (from == to)
            {
                selfLoops.Add(from);
                continue;
            }

            var edges = incoming.TryGetValue(to, out var known) ? known : incoming[to] = [];
            edges[from] = edges.TryGetValue(from, out var present) ? present.Widen(edge) : edge;
        }

        var nodes = new Node[components.Count];
        for (var i = components.Count - 1; i >= 0; i--)
        {
            nodes[i] = new Node([.. components[i].Order().Select(member => _entitlements[member])], selfLoops.Contains(i));
        }

        for (var i = 0; i < nodes.Length; i++)
        {
            if (incoming.TryGetValue(i, out var edges))
            {
                nodes[i] = nodes[i] with { Incoming = [.. edges.Reverse().Select(edge => (nodes[edge.Key], edge.Value))] };
            }
        }

        return [.. nodes.Reverse()];
    }

    private List<int>[] Successors()
    {
        var successors = new List<int>[_entitlements.Count];
        for (var i = 0; i < successors.Length; i++)
        {
            successors[i] = [];
        }

        foreach (var (source, destination) in _edges.Keys)
        {
            successors[source].Add(destination);
        }

        return successors;
    }

    private int IndexOf(string entitlement)
    {
        if (!_index.TryGetValue(entitlement, out var index))
        {
            index = _entitlements.Count;
            _index[entitlement] = index;
            _entitlements.Add(entitlement);
        }

        return index;
    }

    /// <param name="Shallow">Only those who hold the source directly.</param>
    /// <param name="PrincipalTypes">Only principals of these types; empty for all.</param>
    internal sealed record Edge(bool Shallow, IReadOnlySet<string> PrincipalTypes)
    {
        public Edge Widen(Edge other) => new(
            Shallow && other.Shallow,
            PrincipalTypes.Count == 0 || other.PrincipalTypes.Count == 0
                ? new HashSet<string>(StringComparer.Ordinal)
                : PrincipalTypes.Union(other.PrincipalTypes, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>One entitlement, or several in a circle.</summary>
    internal sealed record Node(IReadOnlyList<string> Entitlements, bool IsCycle)
    {
        public IReadOnlyList<(Node Source, Edge Edge)> Incoming { get; init; } = [];
    }
}
