using Baton.Sdk.Connectors;

namespace Baton.Sdk.Hosting.Doctor;

/// <summary>The variables that decide where connections go, and whom they trust.</summary>
internal static class NetworkFindings
{
    private static readonly string[] Names = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    public static IEnumerable<CheckResult> Of(Func<string, string?> variables)
    {
        var found = Names.SelectMany(name => new[] { name, name.ToLowerInvariant() })
            .Where(name => !string.IsNullOrEmpty(variables(name)))
            .Select(name => CheckResult.Note(name, ConfigurationFindings.WithoutPassword(Absolute(name, variables(name)!))))
            .ToList();
        return found.Count > 0 ? found : [CheckResult.Note("variables", "none are set: connections are made directly")];
    }

    // Proxies may be written without a scheme, and then with a password as well.
    private static string Absolute(string name, string value)
        => name.StartsWith("NO_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("SSL", StringComparison.Ordinal) || value.Contains("://", StringComparison.Ordinal)
            ? value
            : $"http://{value}";
}
