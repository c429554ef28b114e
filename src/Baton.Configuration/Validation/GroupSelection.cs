namespace Baton.Configuration.Validation;

/// <summary>
/// Decides which field group is in use. When nobody says, the fields tell: a group is meant when a field is set that belongs to it
/// alone. Upstream would go on with the default group; then a token alone is refused, and a token left over beside a password
/// silently changes what the connector sees.
/// </summary>
internal sealed class GroupSelection(ConfigurationDefinition definition)
{
    public (FieldGroup? Group, string? Problem) Select(IReadOnlyDictionary<string, ResolvedValue> values)
    {
        var groups = definition.Groups;
        if (groups.Count == 0)
        {
            return (null, null);
        }

        var field = definition.GroupField!;
        if (values[field].Value is string { Length: > 0 } chosen)
        {
            return groups.FirstOrDefault(group => chosen.Equals(group.Name, StringComparison.Ordinal)) is { } named
                ? (named, null)
                : (null, $"field {field}: value must be one of [{string.Join(' ', groups.Select(group => group.Name))}] but got '{chosen}'");
        }

        var meant = groups
            .Select(group => (Group: group, Signs: group.Fields.Where(name => values[name].IsPresent && IsOnlyIn(group, name, groups)).ToList()))
            .Where(candidate => candidate.Signs.Count > 0)
            .ToList();
        return meant switch
        {
            [] => (groups.FirstOrDefault(group => group.Default) ?? groups[0], null),
            [var only] => (only.Group, null),
            _ => (null, "credentials of more than one kind are set: "
                + string.Join("; ", meant.Select(candidate => Describe(candidate.Group, candidate.Signs)))
                + $": set {definition.Names.VariableOf(field)} to {string.Join(" or ", meant.Select(candidate => candidate.Group.Name))}, or remove one kind"),
        };
    }

    private static bool IsOnlyIn(FieldGroup group, string name, IReadOnlyList<FieldGroup> groups)
        => groups.All(other => other == group || !other.Fields.Contains(name, StringComparer.Ordinal));

    private static string Describe(FieldGroup group, List<string> fields) => $"{string.Join(" and ", fields)} ({group.Name})";
}
