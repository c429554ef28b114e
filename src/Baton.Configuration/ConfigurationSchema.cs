using Baton.CommandLine;
using Baton.Configuration.Secrets;

namespace Baton.Configuration;

/// <summary>Everything that can be configured in one program: the fields of its definition, and a companion for each secret.</summary>
public sealed class ConfigurationSchema
{
    private readonly Dictionary<string, ConfigurationField> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Flag> _flags = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The definition contradicts itself.</exception>
    public ConfigurationSchema(ConfigurationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
        StandardFields = WithFiles(definition.StandardFields);
        OwnFields = WithFiles(definition.Fields);
        Fields = [.. StandardFields, .. OwnFields];
        foreach (var field in Fields)
        {
            if (!_byName.TryAdd(field.Name, field))
            {
                throw new ArgumentException($"the field {field.Name} is defined twice", nameof(definition));
            }

            _flags.Add(field.Name, field.CreateFlag(Names.VariableOf(field.Name)));
        }

        CheckGroups(definition);
    }

    public ConfigurationNames Names => Definition.Names;

    /// <summary>In declaration order.</summary>
    public IReadOnlyList<ConfigurationField> Fields { get; }

    /// <summary>Those of the program's kind, and the companions of their secrets.</summary>
    public IReadOnlyList<ConfigurationField> StandardFields { get; }

    /// <summary>The program's own, and the companions of their secrets.</summary>
    public IReadOnlyList<ConfigurationField> OwnFields { get; }

    /// <summary>The flags of the main command.</summary>
    public IReadOnlyList<Flag> Flags => [.. Fields.Select(FlagOf)];

    /// <summary>Each secret with the field that names a file for it.</summary>
    public IEnumerable<(ConfigurationField Secret, ConfigurationField File)> SecretFiles
        => Fields.Where(IsSecret).Select(secret => (secret, Find($"{secret.Name}-file")!));

    internal ConfigurationDefinition Definition { get; }

    /// <summary>The field as a flag: the same one each time.</summary>
    public Flag FlagOf(ConfigurationField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _flags[field.Name];
    }

    /// <summary>By name, in any case; null when there is none.</summary>
    public ConfigurationField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What stands where secrets are given, for when a command line cannot be read: rather too much than too little.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="environment">The value of a variable; null or empty when it is not set.</param>
    public List<string> FindSecrets(IReadOnlyList<string> words, Func<string, string?> environment)
    {
        var found = new List<string>();
        foreach (var secret in Fields.Where(field => field.Secret))
        {
            found.Add(environment(Names.VariableOf(secret.Name)) ?? "");
            for (var index = 0; index < words.Count; index++)
            {
                if (words[index] == $"--{secret.Name}" && index + 1 < words.Count)
                {
                    found.Add(words[index + 1]);
                }
                else if (words[index].StartsWith($"--{secret.Name}=", StringComparison.Ordinal))
                {
                    found.Add(words[index][(secret.Name.Length + 3)..]);
                }
            }
        }

        return found;
    }

    private void CheckGroups(ConfigurationDefinition definition)
    {
        var mentioned = definition.Groups.SelectMany(group => group.Fields)
            .Concat(definition.Relationships.Concat(definition.StandardRelationships)
                .SelectMany(relationship => relationship.Fields.Concat(relationship.DependsOn)));
        if (mentioned.FirstOrDefault(name => !_byName.ContainsKey(name)) is { } unknown)
        {
            throw new ArgumentException($"there is no field {unknown}", nameof(definition));
        }

        if (definition.Groups.Count(group => group.Default) > 1)
        {
            throw new ArgumentException("more than one field group is the default", nameof(definition));
        }

        if (definition.Groups.Count > 0 && Find(definition.GroupField ?? "") is not StringField)
        {
            throw new ArgumentException("there are groups, and no text field that names one", nameof(definition));
        }
    }

    private static List<ConfigurationField> WithFiles(IReadOnlyList<ConfigurationField> fields)
        => [.. fields.SelectMany(field => IsSecret(field) ? [field, SecretFileFields.CompanionOf(field)] : new[] { field })];

    private static bool IsSecret(ConfigurationField field) => field is StringField { Secret: true };
}
