using Baton.Sdk.Configuration.Secrets;
using Baton.Sdk.Configuration.Sources;
using Baton.Sdk.Configuration.Validation;

namespace Baton.Sdk.Configuration;

/// <summary>Merges the sources into one configuration, flag before environment before file before default, and checks it.</summary>
public sealed class ConfigurationResolver(ConfigurationSchema schema)
{
    /// <summary>For commands that run the connector.</summary>
    /// <exception cref="ConfigurationException">A source cannot be read, or the values are not good. All problems are named.</exception>
    public ResolvedConfiguration Resolve(ConfigurationSources sources)
    {
        var (values, unreadable) = ReadValues(sources);
        var files = new SecretFiles();
        SecretFileFields.Apply(schema, values, sources.WorkingDirectory, files.Notify);
        var (group, problems) = new ConfigurationCheck(schema, values).Run();
        return unreadable.Count + problems.Count == 0
            ? new ResolvedConfiguration(values, group, files)
            : throw new ConfigurationException([.. unreadable, .. problems]);
    }

    /// <summary>For commands that use a few values and must work without credentials. No rule is checked, no group selected, no secret's file read.</summary>
    /// <exception cref="ConfigurationException">A source cannot be read.</exception>
    public ResolvedConfiguration Read(ConfigurationSources sources)
    {
        var (values, unreadable) = ReadValues(sources);
        return unreadable.Count == 0 ? new ResolvedConfiguration(values, group: null, new SecretFiles()) : throw new ConfigurationException(unreadable);
    }

    private (Dictionary<string, ResolvedValue> Values, IReadOnlyList<string> Problems) ReadValues(ConfigurationSources sources)
    {
        var file = ConfigurationFile.Read(sources, name => schema.Find(name) is not null);
        var reader = new ValueReader(sources, file);
        var values = schema.Fields.ToDictionary(field => field.Name, reader.Read, StringComparer.Ordinal);
        return (values, reader.Problems);
    }
}
