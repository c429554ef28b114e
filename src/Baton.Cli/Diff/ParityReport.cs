using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Diff;

/// <summary>How far two files that should hold the same differ: what only one has, and which fields disagree.</summary>
internal sealed class ParityReport
{
    private ParityReport(DiffSource left, DiffSource right) => (Left, Right) = (left, right);

    public DiffSource Left { get; }

    public DiffSource Right { get; }

    /// <summary>By <c>resources</c>, <c>entitlements</c> and <c>grants</c>; those in scope.</summary>
    public SortedDictionary<string, ParityFamily> Families { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> DanglingLeft { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> DanglingRight { get; } = new(StringComparer.Ordinal);

    public bool HasDifferences => Families.Values.Any(family => family.Total > 0);

    /// <param name="scope"><c>all</c>, or one of <c>resource</c>, <c>entitlement</c>, <c>grant</c>.</param>
    /// <param name="types">Only what is of, or on, resources of these types; empty for all.</param>
    public static ParityReport Compute(DiffInput input, string scope, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var report = new ParityReport(input.From, input.To);
        var walk = new ParityWalk(input.FromReader, input.ToReader, types, cancellationToken);
        if (scope is "all" or "resource")
        {
            report.Families["resources"] = walk.Compare(StoredTable.Resources, (reader, id) => reader.FindResource(id)!, resource => resource.Id?.ResourceType ?? "", (fields, resource) => fields.Of(resource));
        }

        if (scope is "all" or "entitlement")
        {
            report.Families["entitlements"] = walk.Compare(StoredTable.Entitlements, (reader, id) => reader.FindEntitlement(id)!, TypeOf, (fields, entitlement) => fields.Of(entitlement));
        }

        if (scope is "all" or "grant")
        {
            var grants = walk.Compare(StoredTable.Grants, (reader, id) => reader.FindGrant(id)!, grant => TypeOf(grant.Entitlement), (fields, grant) => fields.Of(grant));
            walk.MatchGrants(grants);
            report.Families["grants"] = grants;
            Count(input.FromReader, types, report.DanglingLeft);
            Count(input.ToReader, types, report.DanglingRight);
        }

        return report;
    }

    /// <summary>What mostly is behind differences such as these.</summary>
    public IEnumerable<(string Cause, string Detail)> LikelyCauses()
    {
        if (Families.TryGetValue("resources", out var resources) && resources.OnlyInLeft.Count + resources.OnlyInRight.Count > 0)
        {
            yield return ("inventory_gap", $"{resources.OnlyInLeft.Count} resources only in left, {resources.OnlyInRight.Count} only in right: one connector lists what the other does not");
        }

        if (Families.TryGetValue("grants", out var grants) && PrincipalTypes(grants.OnlyInLeft) is var left && PrincipalTypes(grants.OnlyInRight) is var right && !left.SetEquals(right))
        {
            yield return ("principal_type_mismatch", $"grants only in left are to [{string.Join(", ", left)}], those only in right to [{string.Join(", ", right)}]");
        }

        var dangling = DanglingLeft.GetValueOrDefault("missing_entitlement") + DanglingRight.GetValueOrDefault("missing_entitlement");
        if (dangling > 0)
        {
            yield return ("dangling_entitlement_refs", $"{dangling} grants name entitlements that their file does not hold");
        }
    }

    private static SortedSet<string> PrincipalTypes(IEnumerable<ParityItem> grants)
        => new(grants.Select(grant => grant.PrincipalType), StringComparer.Ordinal);

    private static string TypeOf(Entitlement? entitlement) => entitlement?.Resource?.Id?.ResourceType ?? "";

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

/// <summary>The differences in one kind of object, sorted by id.</summary>
internal sealed class ParityFamily
{
    public List<ParityItem> OnlyInLeft { get; } = [];

    public List<ParityItem> OnlyInRight { get; } = [];

    public List<ParityMismatch> FieldMismatches { get; } = [];

    public int Total => OnlyInLeft.Count + OnlyInRight.Count + FieldMismatches.Count;
}

/// <param name="Id">The id in the file.</param>
/// <param name="ResourceType">The type of the resource that it is, or is on.</param>
/// <param name="PrincipalType">To whom, for grants.</param>
internal sealed record ParityItem(string Id, string ResourceType, string PrincipalType = "");

/// <param name="Id">The id on the left.</param>
/// <param name="Fields">What differs, by path.</param>
internal sealed record ParityMismatch(string Id, string ResourceType, IReadOnlyList<ParityField> Fields);

/// <summary>One field. A side that does not have it says <see cref="Missing"/>.</summary>
internal sealed record ParityField(string Path, string Left, string Right)
{
    public const string Missing = "<missing>";
}
