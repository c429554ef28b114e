using Baton.Configuration.Secrets;
using Baton.Configuration.Sources;
using Baton.Configuration.Validation;

namespace Baton.Configuration;

/// <summary>Merges the sources into one configuration, flag before environment before file before default, and checks it.</summary>
public sealed class ConfigurationResolver(ConfigurationSchema schema)
{
    /// <summary>For commands that need all of it.</summary>
    /// <exception cref="ConfigurationException">A source cannot be read, or the values are not good. All problems are named.</exception>
    public ResolvedConfiguration Resolve(ConfigurationSources sources) => Resolve(sources, needsOnlyStandardFields: _ => false);

    /// <summary>For a command that needs the program's own fields, unless the values say otherwise: then those are not checked.</summary>
    /// <exception cref="ConfigurationException">As with <see cref="Resolve(ConfigurationSources)"/>.</exception>
    public ResolvedConfiguration Resolve(ConfigurationSources sources, Predicate<ResolvedConfiguration> needsOnlyStandardFields)
    {
        var (values, unreadable) = ReadValues(sources);
        var files = new SecretFiles();
        SecretFileFields.Apply(schema, values, sources.WorkingDirectory, files.Notify);
        var check = new ConfigurationCheck(schema, values);
        var resolved = new ResolvedConfiguration(values, group: null, files, sources.Redactor);
        var (group, problems) = needsOnlyStandardFields(resolved) ? (null, check.StandardProblems()) : check.Run();
        return unreadable.Count + problems.Count == 0
            ? resolved.In(group)
            : throw new ConfigurationException([.. unreadable, .. problems]);
    }

    /// <summary>For commands that use a few values and must work without credentials. No rule is checked, no group selected, no secret's file read.</summary>
    /// <exception cref="ConfigurationException">A source cannot be read.</exception>
    public ResolvedConfiguration Read(ConfigurationSources sources)
    {
        var (values, unreadable) = ReadValues(sources);
        var resolved = new ResolvedConfiguration(values, group: null, new SecretFiles(), sources.Redactor);
        return unreadable.Count == 0 ? resolved : throw new ConfigurationException(unreadable);
    }

    private (Dictionary<string, ResolvedValue> Values, IReadOnlyList<string> Problems) ReadValues(ConfigurationSources sources)
    {
        var file = ConfigurationFile.Read(schema.Names, sources, name => schema.Find(name) is not null);
        var reader = new ValueReader(schema, sources, file);
        var values = schema.Fields.ToDictionary(field => field.Name, reader.Read, StringComparer.Ordinal);
        return (values, reader.Problems);
    }
}
