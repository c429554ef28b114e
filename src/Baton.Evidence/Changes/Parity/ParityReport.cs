using Baton.C1z;
using Baton.C1z.Reading;

namespace Baton.Evidence.Changes.Parity;

/// <summary>How far two files that should hold the same differ: what only one has, and which fields disagree.</summary>
public sealed class ParityReport : IDisposable
{
    private ParityReport(DiffSource left, DiffSource right) => (Left, Right) = (left, right);

    public DiffSource Left { get; }

    public DiffSource Right { get; }

    /// <summary>By <c>resources</c>, <c>entitlements</c> and <c>grants</c>; those in scope.</summary>
    public SortedDictionary<string, ParityFamily> Families { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> DanglingLeft { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> DanglingRight { get; } = new(StringComparer.Ordinal);

    public bool HasDifferences => Families.Values.Any(family => family.All.Total > 0);

    public static ParityReport Compute(ParityInput input, ParityScope scope, C1zOptions options, CancellationToken cancellationToken)
    {
        var report = new ParityReport(input.From, input.To);
        try
        {
            report.Fill(input, scope, new ParityWalk(input.FromReader, input.ToReader, scope.Types, options, cancellationToken));
            return report;
        }
        catch
        {
            report.Dispose();
            throw;
        }
    }

    /// <summary>What mostly is behind differences such as these.</summary>
    public IEnumerable<(string Cause, string Detail)> LikelyCauses()
    {
        if (Families.TryGetValue("resources", out var resources) && resources.All is { OnlyInLeft: > 0 } or { OnlyInRight: > 0 })
        {
            yield return ("inventory_gap", $"{resources.All.OnlyInLeft} resources only in left, {resources.All.OnlyInRight} only in right: one connector lists what the other does not");
        }

        if (Families.TryGetValue("grants", out var grants) && grants.PrincipalTypesOnlyInLeft is var left && grants.PrincipalTypesOnlyInRight is var right && !left.SetEquals(right))
        {
            yield return ("principal_type_mismatch", $"grants only in left are to [{string.Join(", ", left)}], those only in right to [{string.Join(", ", right)}]");
        }

        var dangling = DanglingLeft.GetValueOrDefault("missing_entitlement") + DanglingRight.GetValueOrDefault("missing_entitlement");
        if (dangling > 0)
        {
            yield return ("dangling_entitlement_refs", $"{dangling} grants name entitlements that their file does not hold");
        }
    }

    public void Dispose()
    {
        foreach (var family in Families.Values)
        {
            family.Dispose();
        }
    }

    private void Fill(ParityInput input, ParityScope scope, ParityWalk walk)
    {
        if (scope.Family is "all" or "resource")
        {
            Families["resources"] = walk.Resources();
        }

        if (scope.Family is "all" or "entitlement")
        {
            Families["entitlements"] = walk.Entitlements();
        }

        if (scope.Family is "all" or "grant")
        {
            Families["grants"] = walk.Grants();
            Count(input.FromReader, scope.Types, DanglingLeft);
            Count(input.ToReader, scope.Types, DanglingRight);
        }
    }

    private static void Count(SyncReader reader, IReadOnlyList<string> types, SortedDictionary<string, int> counts)
    {
        foreach (var grant in reader.DanglingGrants().Where(grant => types.Count == 0 || types.Contains(grant.ResourceTypeId, StringComparer.Ordinal)))
        {
            Add("missing_entitlement", grant.LacksEntitlement);
            Add("missing_grant_resource", grant.LacksResource);
            Add("missing_principal", grant.LacksPrincipal);
        }

        void Add(string reason, bool lacks)
        {
            if (lacks)
            {
                counts[reason] = counts.GetValueOrDefault(reason) + 1;
            }
        }
    }
}

/// <summary>Two syncs that should hold the same.</summary>
public sealed record ParityInput(DiffSource From, SyncReader FromReader, DiffSource To, SyncReader ToReader);

/// <param name="Family"><c>all</c>, or one of <c>resource</c>, <c>entitlement</c>, <c>grant</c>.</param>
/// <param name="Types">Only what is of, or on, resources of these types; empty for all.</param>
public sealed record ParityScope(string Family, IReadOnlyList<string> Types);
