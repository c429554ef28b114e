using Baton.CommandLine;
using Baton.Configuration.Secrets;
using Baton.Configuration.Sources;

namespace Baton.Configuration;

/// <summary>Where values are looked for: flags, then the environment, then the file.</summary>
public sealed record ConfigurationSources
{
    public required FlagValues Flags { get; init; }

    /// <summary>The value of a variable; null or empty when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Where the file is when no variable names one.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Is told of every secret that is found, also where the configuration as a whole is refused.</summary>
    public Redactor Redactor { get; init; } = new();

    /// <summary>Checks what every command insists on, also those that need no configuration: the extension of the file's name.</summary>
    /// <exception cref="ConfigurationException">The variable for it names no YAML file.</exception>
    public void CheckFileName(ConfigurationNames names) => ConfigurationFile.NamedBy(names, Environment);
}
