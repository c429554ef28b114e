using System.Diagnostics;
using System.Globalization;
using Podium.Connectors.Catalog;

namespace Podium.Connectors.Hosted;

/// <summary>What a connector's process is given, whether it runs for long or only tries its settings.</summary>
internal static class ChildConfiguration
{
    private const string Loopback = "127.0.0.1,localhost";

    // Shorter ones would be found by accident, in words that have nothing to do with them.
    private const int ShortestSecret = 4;

    /// <summary>The configuration file's content, by the connector's own names, each value of the type of its field.</summary>
    public static Dictionary<string, object> Of(IReadOnlyDictionary<string, string> settings, CatalogSchema schema)
    {
        var configuration = new Dictionary<string, object>(StringComparer.Ordinal) { ["log-format"] = "json" };
        foreach (var (name, value) in settings)
        {
            configuration[name] = schema.Fields.FirstOrDefault(field => field.Name == name)?.Kind switch
            {
                CatalogFieldKind.Switch => value == "true",
                CatalogFieldKind.Number => long.Parse(value, CultureInfo.InvariantCulture),
                CatalogFieldKind.List => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                _ => value,
            };
        }

        return configuration;
    }

    /// <summary>Values that must not be in what the process writes.</summary>
    public static IEnumerable<string> Secrets(IReadOnlyDictionary<string, string> settings, CatalogSchema schema)
        => settings.Where(pair => pair.Value.Length >= ShortestSecret && schema.Fields.Any(field => field.Name == pair.Key && field.IsSecret)).Select(pair => pair.Value);

    public static void SetEnvironment(ProcessStartInfo start, string executable, ChildFolder files)
    {
        ExecutableEnvironment.Set(start, executable);
        start.Environment["HOME"] = files.Path;
        start.Environment["TMPDIR"] = files.Path;
        start.Environment["BATON_CONFIG_PATH"] = files.ConfigurationFile;
        start.Environment["SSL_CERT_FILE"] = files.AuthorityFile;
        foreach (var proxy in new[] { "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY" })
        {
            if (Environment.GetEnvironmentVariable(proxy) is { Length: > 0 } value)
            {
                start.Environment[proxy] = proxy == "NO_PROXY" ? $"{value},{Loopback}" : value;
            }
        }
    }
}
