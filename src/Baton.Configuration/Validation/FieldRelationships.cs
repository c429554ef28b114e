namespace Baton.Configuration.Validation;

/// <summary>Checks a program's own relationships, which go by what is not empty.</summary>
internal static class FieldRelationships
{
    public static IEnumerable<string> FindProblems(IReadOnlyList<FieldRelationship> relationships, Func<string, bool> isPresent)
        => relationships.Select(relationship => FindProblem(relationship, isPresent)).OfType<string>();

    private static string? FindProblem(FieldRelationship relationship, Func<string, bool> isPresent)
    {
        var present = relationship.Fields.Where(isPresent).ToList();
        var missing = relationship.Fields.Except(present, StringComparer.Ordinal).ToList();
        return relationship.Kind switch
        {
            RelationshipKind.Exclusive when present.Count > 1
                => $"fields marked as mutually exclusive were set: ({Enumerate(present)})",
            RelationshipKind.Together when present.Count > 0 && missing.Count > 0
                => $"fields marked as needed together are missing: ({Enumerate(missing)})",
            RelationshipKind.AtLeastOne when present.Count == 0
                => $"at least one field was expected, any of: ({Enumerate(relationship.Fields)})",
            RelationshipKind.Dependent when present.Count > 0 && relationship.DependsOn.Any(name => !isPresent(name))
                => $"set fields ({Enumerate(present)}) are dependent on ({Enumerate(relationship.DependsOn)}) being set",
            _ => null,
        };
    }

    private static string Enumerate(IReadOnlyList<string> names)
    {
        var quoted = names.Select(name => $"'{name}'").ToList();
        return quoted.Count switch
        {
            1 => quoted[0],
            2 => $"{quoted[0]} and {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, and {quoted[^1]}",
        };
    }
}
