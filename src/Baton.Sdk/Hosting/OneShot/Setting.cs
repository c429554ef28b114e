using Baton.Configuration;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Reads the settings of operations.</summary>
internal static class Setting
{
    /// <exception cref="ConfigurationException">It is not given, or empty. The first words are those that users of upstream know.</exception>
    public static string Require(ResolvedConfiguration configuration, string name, string meaning)
        => configuration.GetString(name) is { Length: > 0 } text
            ? text
            : throw new ConfigurationException($"unknown provisioning action: --{name} is missing, {meaning}");
}
