namespace Baton.Configuration.Validation;

/// <summary>Checks the standard relationships, which go by what is set at all, in the words that users of its flags know.</summary>
internal static class FlagRelationships
{
    public static IEnumerable<string> FindProblems(IReadOnlyList<FieldRelationship> relationships, Func<string, bool> isSet)
        => MissingTogether(OfKind(relationships, RelationshipKind.Together), isSet)
            .Concat(SetTogether(OfKind(relationships, RelationshipKind.Exclusive), isSet));

    private static IEnumerable<FieldRelationship> OfKind(IReadOnlyList<FieldRelationship> relationships, RelationshipKind kind)
        => relationships.Where(relationship => relationship.Kind == kind).OrderBy(Text, StringComparer.Ordinal);

    private static IEnumerable<string> MissingTogether(IEnumerable<FieldRelationship> groups, Func<string, bool> isSet)
    {
        foreach (var group in groups)
        {
            var missing = group.Fields.Where(name => !isSet(name)).Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0 && missing.Count < group.Fields.Count)
            {
                yield return $"if any flags in the group [{Text(group)}] are set they must all be set; "
                    + $"missing [{string.Join(' ', missing)}]";
            }
        }
    }

    private static IEnumerable<string> SetTogether(IEnumerable<FieldRelationship> groups, Func<string, bool> isSet)
    {
        var reported = new List<List<string>>();
        foreach (var group in groups)
        {
            var set = group.Fields.Where(isSet).Order(StringComparer.Ordinal).ToList();

            // The groups overlap; a conflict is worth one line.
            if (set.Count > 1 && !reported.Exists(earlier => set.TrueForAll(earlier.Contains)))
            {
                reported.Add(set);
                yield return $"if any flags in the group [{Text(group)}] are set none of the others can be; "
                    + $"[{string.Join(' ', set)}] were all set";
            }
        }
    }

    private static string Text(FieldRelationship relationship) => string.Join(' ', relationship.Fields);
}
