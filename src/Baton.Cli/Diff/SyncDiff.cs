namespace Baton.Cli.Diff;

/// <summary>What is different between two syncs, sorted so that two runs say the same.</summary>
internal static class SyncDiff
{
    public static List<Change> Compute(DiffSides sides, DiffScope scope, CancellationToken cancellationToken)
    {
        var changes = new List<Change>();
        if (scope.Includes("accounts") || scope.Includes("resources"))
        {
            changes.AddRange(new ResourceChanges(sides, scope).Compute(cancellationToken));
        }

        if (scope.Includes("entitlements"))
        {
            changes.AddRange(new EntitlementChanges(sides, scope).Compute(cancellationToken));
        }

        if (scope.Includes("grants"))
        {
            changes.AddRange(new GrantChanges(sides, scope).Compute(cancellationToken));
        }

        changes.RemoveAll(change => !scope.Includes(change.Kind.Family()));
        changes.Sort(Compare);
        return changes;
    }

    // In place: there may be millions.
    private static int Compare(Change one, Change other)
    {
        var order = one.Kind.CompareTo(other.Kind);
        order = order != 0 ? order : Compare(one.Resource, other.Resource);
        order = order != 0 ? order : Compare(one.Principal, other.Principal);
        return order != 0 ? order : string.CompareOrdinal(Entitlement(one), Entitlement(other));
    }

    private static int Compare(Party? one, Party? other)
    {
        if (ReferenceEquals(one, other))
        {
            return 0;
        }

        var order = string.CompareOrdinal(one?.Name, other?.Name);
        order = order != 0 ? order : string.CompareOrdinal(one?.Type, other?.Type);
        return order != 0 ? order : string.CompareOrdinal(one?.Id, other?.Id);
    }

    private static string? Entitlement(Change change) => change.After.GetValueOrDefault("entitlement") ?? change.Before.GetValueOrDefault("entitlement");
}

/// <summary>What to compare.</summary>
/// <param name="Families">See <see cref="ChangeKinds.Families"/>; empty for all.</param>
/// <param name="Ignored">Names of fields whose change is none: <c>email</c>, or a path such as <c>profile.department</c>.</param>
internal sealed record DiffScope(IReadOnlyList<string> Families, IReadOnlyList<string> Ignored)
{
    public bool Includes(string family) => Families.Count == 0 || Families.Contains(family, StringComparer.Ordinal);

    public bool Ignores(string path)
        => Ignored.Any(name => path.Equals(name, StringComparison.OrdinalIgnoreCase)
            || path.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase));

    /// <summary>The fields that differ, on both sides.</summary>
    public (Dictionary<string, string> Before, Dictionary<string, string> After) Differences(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var left = new Dictionary<string, string>(StringComparer.Ordinal);
        var right = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in before.Keys.Union(after.Keys, StringComparer.Ordinal).Where(path => !Ignores(path)).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.GetValueOrDefault(path), after.GetValueOrDefault(path));
            if (old != now)
            {
                Put(left, path, old);
                Put(right, path, now);
            }
        }

        return (left, right);
    }

    private static void Put(Dictionary<string, string> fields, string path, string? value)
    {
        if (value is not null)
        {
            fields[path] = value;
        }
    }
}
