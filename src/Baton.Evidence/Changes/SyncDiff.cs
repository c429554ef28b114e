using Baton.C1z;

namespace Baton.Evidence.Changes;

/// <summary>What is different between two syncs.</summary>
public static class SyncDiff
{
    /// <summary>The list is the caller's to dispose.</summary>
    public static SortedChanges Compute(DiffSides sides, DiffScope scope, C1zOptions options, CancellationToken cancellationToken)
    {
        var list = new SortedChanges(options);
        try
        {
            foreach (var change in Find(sides, scope, options, cancellationToken).Where(change => scope.Includes(change.Kind.Family())))
            {
                list.Add(change);
            }

            return list;
        }
        catch
        {
            list.Dispose();
            throw;
        }
    }

    private static IEnumerable<SyncChange> Find(DiffSides sides, DiffScope scope, C1zOptions options, CancellationToken cancellationToken)
    {
        IEnumerable<SyncChange> changes = [];
        if (scope.Includes("accounts") || scope.Includes("resources"))
        {
            changes = changes.Concat(new ResourceChanges(sides, scope).Compute(cancellationToken));
        }

        if (scope.Includes("entitlements"))
        {
            changes = changes.Concat(new EntitlementChanges(sides, scope).Compute(cancellationToken));
        }

        return scope.Includes("grants") ? changes.Concat(new GrantChanges(sides, scope).Compute(options, cancellationToken)) : changes;
    }
}

/// <summary>What to compare.</summary>
/// <param name="Families">See <see cref="ChangeKinds.Families"/>; empty for all.</param>
/// <param name="Ignored">Names of fields whose change is none: <c>email</c>, or a path such as <c>profile.department</c>.</param>
public sealed record DiffScope(IReadOnlyList<string> Families, IReadOnlyList<string> Ignored)
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
