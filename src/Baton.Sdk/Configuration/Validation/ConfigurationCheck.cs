using Baton.Sdk.Configuration.Standard;

namespace Baton.Sdk.Configuration.Validation;

/// <summary>
/// Finds everything that is wrong with a set of values, so that the user can correct it all at once. The order is the one in which
/// upstream would come upon the problems one by one: relationships of flags, values of SDK fields, then the connector's fields.
/// </summary>
internal sealed class ConfigurationCheck(ConfigurationSchema schema, IReadOnlyDictionary<string, ResolvedValue> values)
{
    public (FieldGroup? Group, IReadOnlyList<string> Problems) Run()
    {
        var groups = schema.Connector.Groups;
        var (group, doubt) = GroupSelection.Select(groups, (string)values[StandardConfiguration.AuthMethod].Value, IsPresent);
        return (group, [.. StandardProblems(), .. doubt is null ? ConnectorProblems(group) : [doubt]]);
    }

    /// <summary>What is wrong with the fields that every connector has.</summary>
    public IReadOnlyList<string> StandardProblems() =>
    [
        .. FlagRelationships.FindProblems(StandardConfiguration.Relationships, name => values[name].IsSet),
        .. schema.StandardFields.Select(FindProblem).OfType<string>(),
    ];

    private IEnumerable<string> ConnectorProblems(FieldGroup? group)
    {
        // A field in no group at all is always in use.
        var unused = schema.Connector.Groups.SelectMany(other => other.Fields)
            .Except(group?.Fields ?? [], StringComparer.Ordinal)
            .ToHashSet(StringComparer.Ordinal);
        return schema.ConnectorFields.Where(field => !unused.Contains(field.Name))
            .Select(FindProblem).OfType<string>()
            .Concat(FieldRelationships.FindProblems(schema.Connector.Relationships, IsPresent));
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
