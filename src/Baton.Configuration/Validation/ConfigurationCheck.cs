namespace Baton.Configuration.Validation;

/// <summary>
/// Finds everything that is wrong with a set of values, so that the user can correct it all at once. The order is the one in which
/// upstream would come upon the problems one by one: relationships of flags, values of standard fields, then the program's own fields.
/// </summary>
internal sealed class ConfigurationCheck(ConfigurationSchema schema, IReadOnlyDictionary<string, ResolvedValue> values)
{
    public (FieldGroup? Group, IReadOnlyList<string> Problems) Run()
    {
        var (group, doubt) = new GroupSelection(schema.Definition).Select(values);
        return (group, [.. StandardProblems(), .. doubt is null ? OwnProblems(group) : [doubt]]);
    }

    /// <summary>What is wrong with the fields that all programs of the kind have.</summary>
    public IReadOnlyList<string> StandardProblems() =>
    [
        .. FlagRelationships.FindProblems(schema.Definition.StandardRelationships, name => values[name].IsSet),
        .. schema.StandardFields.Select(FindProblem).OfType<string>(),
    ];

    private IEnumerable<string> OwnProblems(FieldGroup? group)
    {
        // A field in no group at all is always in use.
        var unused = schema.Definition.Groups.SelectMany(other => other.Fields)
            .Except(group?.Fields ?? [], StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        return schema.OwnFields.Where(field => !unused.Contains(field.Name))
            .Select(FindProblem).OfType<string>()
            .Concat(FieldRelationships.FindProblems(schema.Definition.Relationships, IsPresent));
    }

    private string? FindProblem(ConfigurationField field)
    {
        var value = values[field.Name];
        if (value.Problem is not null)
        {
            return value.Problem;
        }

        if (field.Required && field is not BooleanField && value.IsEmpty)
        {
            return $"field {field.Name} of type {field.TypeName} is marked as required but it has a zero-value";
        }

        return field.FindProblem(value.Value) is { } problem ? $"field {field.Name}: {problem}" : null;
    }

    private bool IsPresent(string name) => values[name].IsPresent;
}
