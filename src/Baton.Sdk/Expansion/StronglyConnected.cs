namespace Baton.Sdk.Expansion;

/// <summary>Tarjan's algorithm, without recursion: nesting can be deeper than a call stack.</summary>
internal static class StronglyConnected
{
    /// <summary>The strongly connected components of a graph of <paramref name="count"/> nodes, each after all that it leads to.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Components(int count, IReadOnlyList<int>[] successors)
    {
        var components = new List<IReadOnlyList<int>>();
        var number = new int[count];
        var low = new int[count];
        var onPath = new bool[count];
        var path = new Stack<int>();
        var calls = new Stack<(int Node, int Next)>();
        var counter = 0;

        for (var start = 0; start < count; start++)
        {
            if (number[start] != 0)
            {
                continue;
            }

            calls.Push((start, 0));
            while (calls.TryPop(out var call))
            {
                var (node, next) = call;
                if (next == 0)
                {
                    number[node] = low[node] = ++counter;
                    path.Push(node);
                    onPath[node] = true;
                }
                else
                {
                    low[node] = Math.Min(low[node], low[successors[node][next - 1]]);
                }

                if (Descend(node, next))
                {
                    continue;
                }

                if (low[node] == number[node])
                {
                    components.Add(TakeComponent(node));
                }
            }
        }

        return components;

        bool Descend(int node, int next)
        {
            for (var i = next; i < successors[node].Count; i++)
            {
                var successor = successors[node][i];
                if (number[successor] == 0)
                {
                    calls.Push((node, i + 1));
                    calls.Push((successor, 0));
                    return true;
                }

                if (onPath[successor])
                {
                    low[node] = Math.Min(low[node], number[successor]);
                }
            }

            return false;
        }

        List<int> TakeComponent(int root)
        {
            var component = new List<int>();
            int member;
            do
            {
                member = path.Pop();
                onPath[member] = false;
                component.Add(member);
            }
            while (member != root);
            return component;
        }
    }
}
