namespace Baton.Sdk.Tests.Expansion;

/// <summary>
/// Expansion as the specification words it, without regard to cost: entitlements that reach each other are one node, and every edge is
/// applied again and again until nothing changes.
/// </summary>
internal static class NaiveExpansion
{
    /// <param name="grants">The grants of the connector: entitlement and principal.</param>
    /// <param name="edges">From source to destination.</param>
    /// <returns>What each grant of the result has for sources, and whether each is direct; empty for grants that stay as they are.</returns>
    public static Dictionary<(int Entitlement, string Principal), SortedDictionary<int, bool>> Expand(
        int entitlements, IEnumerable<(int Entitlement, string Principal)> grants, IReadOnlyCollection<Edge> edges)
    {
        var result = grants.Distinct().ToDictionary(grant => grant, _ => new SortedDictionary<int, bool>());
        var node = Components(entitlements, edges);
        var merged = Merge(edges, node);

        bool changed;
        do
        {
            changed = false;
            foreach (var edge in merged)
            {
                var sources = Enumerable.Range(0, entitlements).Where(entitlement => node[entitlement] == edge.Source).ToList();
                var destinations = Enumerable.Range(0, entitlements).Where(entitlement => node[entitlement] == edge.Destination).ToList();
                foreach (var source in sources)
                {
                    foreach (var (grant, known) in result.Where(row => row.Key.Entitlement == source).ToList())
                    {
                        var direct = known.Count == 0 || known.ContainsKey(source);
                        if ((direct || !edge.Shallow) && (edge.Types.Length == 0 || edge.Types.Contains(grant.Principal.Split(':')[0], StringComparer.Ordinal)))
                        {
                            destinations.ForEach(destination => changed |= Give(result, (destination, grant.Principal), source, direct));
                        }
                    }
                }
            }
        }
        while (changed);
        return result;
    }

    private static bool Give(
        Dictionary<(int Entitlement, string Principal), SortedDictionary<int, bool>> result, (int Entitlement, string Principal) grant, int source, bool direct)
    {
        if (!result.TryGetValue(grant, out var sources))
        {
            result[grant] = new SortedDictionary<int, bool> { [source] = direct };
            return true;
        }

        var changed = sources.Count == 0;
        if (changed)
        {
            sources[grant.Entitlement] = true;
        }

        if (!sources.TryGetValue(source, out var wasDirect) || (direct && !wasDirect))
        {
            sources[source] = direct;
            changed = true;
        }

        return changed;
    }

    // Two entitlements are one node when each leads to the other.
    private static int[] Components(int entitlements, IReadOnlyCollection<Edge> edges)
    {
        var reaches = new bool[entitlements, entitlements];
        foreach (var edge in edges)
        {
            reaches[edge.Source, edge.Destination] = true;
        }

        for (var via = 0; via < entitlements; via++)
        {
            for (var from = 0; from < entitlements; from++)
            {
                for (var to = 0; to < entitlements; to++)
                {
                    reaches[from, to] |= reaches[from, via] && reaches[via, to];
                }
            }
        }

        return [.. Enumerable.Range(0, entitlements).Select(one => Enumerable.Range(0, entitlements).First(other => one == other || (reaches[one, other] && reaches[other, one])))];
    }

    private static List<Edge> Merge(IEnumerable<Edge> edges, int[] node) => edges
        .Where(edge => node[edge.Source] != node[edge.Destination])
        .GroupBy(edge => (Source: node[edge.Source], Destination: node[edge.Destination]))
        .Select(same => new Edge(
            same.Key.Source,
            same.Key.Destination,
            same.All(edge => edge.Shallow),
            same.Any(edge => edge.Types.Length == 0) ? [] : [.. same.SelectMany(edge => edge.Types).Distinct(StringComparer.Ordinal)]))
        .ToList();

    internal sealed record Edge(int Source, int Destination, bool Shallow, string[] Types);
}
