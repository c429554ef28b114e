using System.Runtime.InteropServices;
using Baton.Evidence.Accounts;

namespace Baton.Evidence.Access;

/// <summary>The order in which a review shows things: the same for the same file, whatever order the file has them in.</summary>
internal static class AccessOrder
{
    public static IReadOnlyList<Principal> Of(IEnumerable<Principal> accounts)
    {
        var ordered = accounts.ToArray();
        Array.Sort(ordered, (left, right) => Compare(left.Name, right.Name)
            is var byName and not 0 ? byName
            : string.CompareOrdinal(left.TypeId, right.TypeId) is var byType and not 0 ? byType
            : CompareIds(left.Id, right.Id));
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i].Order = i;
        }

        return ordered;
    }

    public static IReadOnlyList<AccessRole> Of(IEnumerable<AccessRole> roles)
    {
        var ordered = roles.ToArray();
        Array.Sort(ordered, (left, right) => Compare(left.Target, right.Target)
            is var byTarget and not 0 ? byTarget
            : right.Rank.CompareTo(left.Rank) is var byRank and not 0 ? byRank
            : Compare(left.Name, right.Name) is var byName and not 0 ? byName
            : string.CompareOrdinal(left.Id, right.Id));
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i].Order = i;
        }

        return ordered;
    }

    public static IReadOnlyList<AccessTarget> Of(IEnumerable<AccessTarget> targets)
    {
        var ordered = targets.ToArray();
        Array.Sort(ordered, Compare);
        return ordered;
    }

    /// <summary>Sorts where they are: there may be millions. Needs the orders of roles and accounts. Marks grants that repeat the one before.</summary>
    public static IReadOnlyList<AccessRow> Of(List<AccessRow> rows)
    {
        var ordered = CollectionsMarshal.AsSpan(rows);
        var keys = new ulong[ordered.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)ordered[i].Role.Order << 32) | (uint)ordered[i].Account.Order;
        }

        keys.AsSpan().Sort(ordered);
        for (var first = 0; first < ordered.Length;)
        {
            var end = first + 1;
            while (end < ordered.Length && ordered[end].Role == ordered[first].Role && ordered[end].Account == ordered[first].Account)
            {
                end++;
            }

            if (end - first > 1)
            {
                ordered[first..end].Sort((left, right) => string.CompareOrdinal(left.GrantId, right.GrantId));
                for (var i = first + 1; i < end; i++)
                {
                    ordered[i] = ordered[i].AsRepeated();
                }
            }

            first = end;
        }

        return rows;
    }

    /// <summary>Numbers by their value, which comes before any text.</summary>
    public static int CompareIds(string left, string right)
    {
        var isLeft = ulong.TryParse(left, System.Globalization.NumberStyles.None, null, out var leftNumber);
        var isRight = ulong.TryParse(right, System.Globalization.NumberStyles.None, null, out var rightNumber);
        return (isLeft, isRight) switch
        {
            (true, true) when leftNumber != rightNumber => leftNumber.CompareTo(rightNumber),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right),
        };
    }

    private static int Compare(AccessTarget left, AccessTarget right)
        => string.CompareOrdinal(left.TypeId, right.TypeId) is var byType and not 0 ? byType
            : Compare(left.Name, right.Name) is var byName and not 0 ? byName
            : CompareIds(left.Id, right.Id);

    private static int Compare(string left, string right)
        => string.Compare(left, right, StringComparison.OrdinalIgnoreCase) is var folded and not 0 ? folded : string.CompareOrdinal(left, right);
}
