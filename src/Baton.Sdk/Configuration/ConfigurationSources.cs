using Baton.CommandLine;
using Baton.Sdk.Configuration.Sources;

namespace Baton.Sdk.Configuration;

/// <summary>Where values are looked for: flags, then the environment, then the file.</summary>
public sealed record ConfigurationSources
{
    public required FlagValues Flags { get; init; }

    /// <summary>The value of a variable; null or empty when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Where the file is when <c>BATON_CONFIG_PATH</c> does not name one.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Checks what every command insists on, also those that need no configuration: the extension of the file's name.</summary>
    /// <exception cref="ConfigurationException"><c>BATON_CONFIG_PATH</c> names no YAML file.</exception>
    public void CheckFileName() => ConfigurationFile.NamedBy(Environment);
}
