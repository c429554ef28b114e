namespace Baton.Configuration.Sources;

/// <summary>The configuration file, if there is one: a flat YAML map from field names, in any case, to values.</summary>
internal sealed class ConfigurationFile
{
    private readonly Dictionary<string, FileValue> _values;

    private ConfigurationFile(string path, Dictionary<string, FileValue> values)
    {
        Path = path;
        _values = values;
    }

    public string Path { get; }

    /// <summary>The file that the environment names, whether or not it exists; null when it names none.</summary>
    /// <exception cref="ConfigurationException">Its extension is not YAML's.</exception>
    public static string? NamedBy(ConfigurationNames names, Func<string, string?> environment)
    {
        var path = environment(names.PathVariable);
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        var extension = System.IO.Path.GetExtension(path);
        return extension is ".yaml" or ".yml"
            ? path
            : throw new ConfigurationException("expected config file to have .yaml or .yml extension");
    }

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, makes no sense, or is named and not there.</exception>
    public static ConfigurationFile? Read(ConfigurationNames names, ConfigurationSources sources, Func<string, bool> isKnown)
    {
        var named = NamedBy(names, sources.Environment);
        var path = named is null
            ? names.FileNames.Select(name => System.IO.Path.Combine(sources.WorkingDirectory, name)).FirstOrDefault(File.Exists)
            : System.IO.Path.Combine(sources.WorkingDirectory, named);
        if (path is null)
        {
            return null;
        }

        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigurationException($"configuration file {path} does not exist, although {names.PathVariable} names it", missing);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException($"configuration file {path} cannot be read: {failure.Message}", failure);
        }

        try
        {
            return new ConfigurationFile(path, FlatYaml.Read(text, isKnown));
        }
        catch (ConfigurationException malformed)
        {
            throw new ConfigurationException($"configuration file {path} is malformed: {malformed.Message}", malformed);
        }
    }

    public FileValue? Find(string name) => _values.GetValueOrDefault(name);
}
