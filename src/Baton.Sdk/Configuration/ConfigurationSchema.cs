using Baton.CommandLine;
using Baton.Sdk.Configuration.Secrets;
using Baton.Sdk.Configuration.Standard;

namespace Baton.Sdk.Configuration;

/// <summary>Everything that can be configured in one connector: the SDK's fields, then its own.</summary>
public sealed class ConfigurationSchema
{
    private readonly Dictionary<string, ConfigurationField> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds the SDK's fields to a connector's.</summary>
    /// <exception cref="ArgumentException">The connector's schema contradicts itself or the SDK's.</exception>
    public ConfigurationSchema(ConnectorSchema connector, StartupFacts facts)
    {
        Connector = connector;
        StandardFields = WithFiles(StandardConfiguration.Fields(facts));
        ConnectorFields = WithFiles(connector.Fields);
        Fields = [.. StandardFields, .. ConnectorFields];
        foreach (var field in Fields)
        {
            if (!_byName.TryAdd(field.Name, field))
            {
                throw new ArgumentException($"the field {field.Name} is defined twice", nameof(connector));
            }
        }

        var mentioned = connector.Groups.SelectMany(group => group.Fields)
            .Concat(connector.Relationships.SelectMany(relationship => relationship.Fields.Concat(relationship.DependsOn)));
        if (mentioned.FirstOrDefault(name => !_byName.ContainsKey(name)) is { } unknown)
        {
            throw new ArgumentException($"there is no field {unknown}", nameof(connector));
        }

        if (connector.Groups.Count(group => group.Default) > 1)
        {
            throw new ArgumentException("more than one field group is the default", nameof(connector));
        }
    }

    public ConnectorSchema Connector { get; }

    /// <summary>In declaration order.</summary>
    public IReadOnlyList<ConfigurationField> Fields { get; }

    /// <summary>The flags of the main command.</summary>
    public IReadOnlyList<Flag> Flags => [.. Fields.Select(one => one.Flag)];

    internal IReadOnlyList<ConfigurationField> StandardFields { get; }

    /// <summary>The connector's own, and the companions of its secrets.</summary>
    internal IReadOnlyList<ConfigurationField> ConnectorFields { get; }

    /// <summary>Each secret with the field that names a file for it.</summary>
    internal IEnumerable<(ConfigurationField Secret, ConfigurationField File)> SecretFiles
        => Fields.Where(IsSecret).Select(secret => (secret, Find($"{secret.Name}-file")!));

    /// <summary>By name, in any case; null when there is none.</summary>
    internal ConfigurationField? Find(string name) => _byName.GetValueOrDefault(name);

    private static List<ConfigurationField> WithFiles(IReadOnlyList<ConfigurationField> fields)
        => [.. fields.SelectMany(field => IsSecret(field) ? [field, SecretFileFields.CompanionOf(field)] : new[] { field })];

    private static bool IsSecret(ConfigurationField field) => field is StringField { Secret: true };
}
